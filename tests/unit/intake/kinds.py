"""Writes workbooks, Parquet files, XML returns and zips as councils' programs do."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pyarrow import parquet


def book(*, from_1904: bool = False, **sheets: list[list]) -> bytes:
    """Return a workbook: `name=[row, …]`, a row a list of cells."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    if from_1904:
        workbook.epoch = CALENDAR_MAC_1904
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def columns(**held: list | pa.Array) -> bytes:
    """Return a Parquet file."""
    stream = io.BytesIO()
    parquet.write_table(pa.table(held), stream)
    return stream.getvalue()


def packed(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def given(folder: Path, files: dict[str, bytes | str]) -> Path:
    """Write files under their whole names."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


RETURN_903 = """<?xml version="1.0" encoding="UTF-8"?>
<EXPSSDA903>
 <CHILD>
  <HEADER><CHILDID>c1</CHILDID><UPN>UN1</UPN><SEX>F</SEX><DOB>01/02/2020</DOB>
   <ETHNIC>WBRI</ETHNIC><UASC/>
   <DATE_INT>03/04/2022</DATE_INT><DATE_MATCH>04/04/2022</DATE_MATCH><FOSTER_CARE>0</FOSTER_CARE>
   <AREVIEW><REVIEW>01/06/2021</REVIEW><REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>
   <MOTHER>0</MOTHER><MC_DOB/>
   <PERMANENCE><PREV_PERM>P1</PREV_PERM><LA_PERM>301</LA_PERM><DATE_PERM>zz/zz/zzzz</DATE_PERM>
   </PERMANENCE>
   <AD_PLACED><DATE_PLACED>05/05/2022</DATE_PLACED></AD_PLACED>
  </HEADER>
  <EPISODE><DECOM>02/03/2020</DECOM><RNE>S</RNE><LS>C1</LS><CIN>N1</CIN><PL>U4</PL>
   <PL_POST>AB1 2CD</PL_POST><PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>02/09/2020</DEC>
   <REC>X1</REC></EPISODE>
  <EPISODE><DECOM>02/09/2020</DECOM><RNE>L</RNE><LS>E1</LS><CIN>N1</CIN><PL>A5</PL></EPISODE>
 </CHILD>
 <CHILD>
  <HEADER><CHILDID>c2</CHILDID><SEX>1</SEX><DOB>01/02/2006</DOB><ETHNIC>OOTH</ETHNIC>
   <UASC>1</UASC><DUC>01/02/2024</DUC></HEADER>
  <EPISODE><DECOM>02/03/2021</DECOM><RNE>S</RNE><LS>V2</LS><CIN>N8</CIN><PL>Z11</PL></EPISODE>
 </CHILD>
</EXPSSDA903>
"""

CENSUS = """<Message><Header><CollectionDetails><Collection>CIN</Collection></CollectionDetails>
</Header><Children>
 <Child>
  <ChildIdentifiers><LAchildID>c1</LAchildID><PersonBirthDate>2020-02-01</PersonBirthDate>
  </ChildIdentifiers>
  <CINdetails><CINreferralDate>2020-01-01</CINreferralDate>
   <Assessments><AssessmentActualStartDate>2020-01-03</AssessmentActualStartDate>
    <AssessmentAuthorisationDate>2020-02-03</AssessmentAuthorisationDate>
    <FactorsIdentifiedAtAssessment><AssessmentFactors>1B</AssessmentFactors>
     <AssessmentFactors>3B</AssessmentFactors></FactorsIdentifiedAtAssessment></Assessments>
   <Assessments><AssessmentActualStartDate>2020-06-01</AssessmentActualStartDate>
    <FactorsIdentifiedAtAssessment/></Assessments>
   <ChildProtectionPlans><CPPstartDate>2020-03-01</CPPstartDate><CPPendDate>2020-09-01</CPPendDate>
    <InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>
    <LatestCategoryOfAbuse>PHY</LatestCategoryOfAbuse>
    <Reviews><CPPreviewDate>2020-05-01</CPPreviewDate></Reviews></ChildProtectionPlans>
   <PreProceedingsandFGDM><PPStartDate>2020-04-01</PPStartDate>
    <LBPSentDate>2020-04-09</LBPSentDate><StepDecisionDate>2020-08-08</StepDecisionDate>
    <CourtAppDate>2020-08-20</CourtAppDate></PreProceedingsandFGDM>
  </CINdetails>
 </Child>
</Children></Message>
"""
