-- What the case system calls reasons for an end of care, read as the codes of the 903 return; as
-- written where no code is plain. Sources: the DfE's code list in full, and shorter words. What
-- E4A and E4B say they are *not under* names the orders of other codes, so it is left away first;
-- who has no parental responsibility is asked for before who lives with parents. E1 alone is the
-- adoption of one system, which no return knows.
WITH said AS (
    SELECT
        clae_cla_episode_ceased_reason AS words,
        trim(regexp_replace(upper(clae_cla_episode_ceased_reason), '\(?NOT UNDER.*$', '')) AS reason
    FROM (SELECT DISTINCT clae_cla_episode_ceased_reason FROM extract.cla_episode)
)
SELECT
    words,
    CASE
        WHEN regexp_matches(reason, '^E1([^A-Z0-9]|$)') THEN 'E11'
        WHEN regexp_matches(reason, '^(X1|E[0-9]{1,2}[AB]?)([^A-Z0-9]|$)')
            THEN regexp_extract(reason, '^(X1|E[0-9]{1,2}[AB]?)', 1)
        WHEN regexp_matches(reason, 'NEW EPISODE') THEN 'X1'
        WHEN regexp_matches(reason, 'PLACED FOR ADOPT|(BREAKDOWN|DISRUPT)') THEN reason
        WHEN regexp_matches(reason, 'ADOPT')
            THEN CASE WHEN reason LIKE '%DISPENSED%' THEN 'E12' ELSE 'E11' END
        WHEN regexp_matches(reason, 'SPECIAL GUARDIAN|(^|[^A-Z])SGO([^A-Z]|$)') THEN 'E45'
        WHEN regexp_matches(reason, 'RESIDENCE ORDER|CHILD ARRANGEMENT|(^|[^A-Z])(CAO|RO)([^A-Z]|$)')
            THEN 'E41'
        WHEN regexp_matches(reason, '(NO|WITHOUT) (PARENTAL RESP|PR([^A-Z]|$))') THEN 'E13'
        WHEN regexp_matches(reason, 'RETURN.* HOME|RETURN.* TO .*(PARENT|MOTHER)')
            THEN CASE WHEN regexp_matches(reason, 'UNPLANNED|NOT PART') THEN 'E4B' ELSE 'E4A' END
        WHEN regexp_matches(reason, '(TAKEN OVER|TRANSFER).* (LA|AUTHORITY)([^A-Z]|$)') THEN 'E3'
        WHEN regexp_matches(reason, '(^|[^A-Z])(DIED|DEATH|DECEASED)([^A-Z]|$)') THEN 'E2'
        WHEN regexp_matches(reason, '(STAYING PUT|REMAINED WITH)') THEN 'E17'
        WHEN regexp_matches(reason, 'INDEPENDENT LIVING')
            THEN CASE WHEN regexp_matches(reason, '(NO|WITHOUT) (FORMAL|SUPPORT)') THEN 'E6'
                      ELSE 'E5' END
        WHEN regexp_matches(reason, 'ADULT SOCIAL') THEN 'E7'
        ELSE reason
    END AS rec
FROM said
