"""Names of women by where they are usual, each list from the more to the less common.

`Name=Form,Form` says what a woman of that name is also called or how it is also spelt. A third of
these forms are not in casescope's own list, and are left out of it on purpose.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class People:
    """One naming tradition: how many in a hundred bear it, its names, its other forms of a name."""

    share: int
    given: list[str]
    family: list[str]
    forms: dict[str, list[str]]


def _people(share: int, given: str, family: str, forms: str) -> People:
    found: dict[str, list[str]] = {}
    for form in forms.split():
        name, _, others = form.partition("=")
        found[name] = others.split(",")
    return People(share, given.split(), [name.replace("_", " ") for name in family.split()], found)


PEOPLES = (
    _people(
        52,
        "Sarah Emma Rebecca Laura Jessica Amy Lauren Charlotte Hannah Gemma Kirsty Chloe Leanne "
        "Danielle Samantha Natalie Stacey Kelly Rachel Victoria Michelle Claire Lisa Nicola Jade "
        "Katie Louise Kerry Hayley Zoe Stephanie Jodie Donna Joanne Paige Shannon Bethany Abigail "
        "Megan Holly Georgina Elizabeth Catherine Amanda Tracey Julie Karen Kayleigh Chelsea Toni "
        "Natasha Melissa Vanessa Tanya Marie Christine Heather Alison Angela Deborah Susan "
        "Jacqueline Philippa Tamsin Rosalind Imogen Harriet Verity Demi Kimberley Ashleigh Carly "
        "Sophie Ellie",
        "Smith Jones Taylor Brown Wilson Johnson Walker Wright Robinson Thompson White Hughes "
        "Edwards Green Hall Wood Harris Clarke Jackson Turner Hill Cooper Ward Moore Morris King "
        "Watson Baker Harrison Morgan Patterson Young Allen Mitchell Anderson Phillips Lee Bell "
        "Parker Bennett Shaw Holmes Marshall Barnes Chapman Webb Rogers Palmer Mason Hunt Butler "
        "Foster Simmonds Pearce Reynolds Fisher Osborne Hawkins Barker Gibbs Tunstall Braithwaite "
        "Ackroyd Entwistle Hardcastle Micklethwaite Sidebottom Fairclough Ramsbottom Postlethwaite "
        "Pemberton Oakeshott Trelawney Penrose Hebblethwaite Arkwright Bickerstaff Cleasby Dunmore "
        "Eckersley Farnworth Grimshaw Haythornthwaite Illingworth Kirkbride Longbottom Murgatroyd "
        "Satterthwaite Thistlethwaite Unsworth Varley Wigglesworth Yeadon Blenkinsop Copplestone",
        "Sarah=Sara,Sally Rebecca=Becky,Bex,Rebekah Jessica=Jess,Jessie Amy=Aimee Charlotte=Lottie "
        "Hannah=Hanna Danielle=Dani Samantha=Sam,Sammy Natalie=Nat,Nathalie Stacey=Stacy,Stacie "
        "Kelly=Kelley Rachel=Rachael Victoria=Vicky,Vikki,Tori Michelle=Shell,Shelley Claire=Clare "
        "Nicola=Nikki,Nicky Katie=Kate,Katy Stephanie=Steph,Stephany Jodie=Jody Elizabeth=Liz,Beth "
        "Catherine=Cath,Kathryn Amanda=Mandy Georgina=Georgie,Gina Abigail=Abi,Abbie Megan=Meg "
        "Christine=Chris Deborah=Debbie Susan=Sue Jacqueline=Jackie Kimberley=Kim,Kimberly "
        "Kayleigh=Kayley,Kaylee Ashleigh=Ashley Philippa=Pippa Sophie=Sophia Ellie=Elly",
    ),
    _people(
        8,
        "Sian Rhian Cerys Angharad Bethan Carys Lowri Nia Ffion Catrin Eleri Megan Gwenllian Mari "
        "Elin Rhiannon Heledd Seren Nerys Myfanwy Delyth Eirlys Aoife Niamh Siobhan Ciara Roisin "
        "Sinead Orla Grainne Caoimhe Aisling Mairead Bridget Deirdre Kathleen Maeve Saoirse Eileen",
        "Williams Davies Evans Thomas Roberts Griffiths Lloyd Rees Jenkins Powell Price Llewellyn "
        "Pritchard Gwynne Bowen O'Brien Murphy O'Connor Walsh Byrne Ryan McCarthy O'Neill Doherty "
        "Gallagher McLoughlin Kavanagh FitzGerald O'Sullivan McGuinness Maguire Geraghty Heneghan "
        "O'Shaughnessy MacNamara McDonagh Ward Maughan Joyce",
        "Sian=Shan,Sharn Rhian=Rhyan Cerys=Kerris,Cerris Carys=Karys Catrin=Katrin Aoife=Eva,Efa "
        "Niamh=Neve,Neeve Siobhan=Shivaun,Shevaun Ciara=Keira,Kiera Sinead=Shinade Roisin=Rosheen "
        "Grainne=Grania Caoimhe=Keeva,Kweeva Aisling=Ashling Bridget=Bridie,Brigid Kathleen=Kath "
        "Saoirse=Sorcha Rhiannon=Rhianon Ffion=Fion Megan=Meg Mairead=Maureen",
    ),
    _people(
        16,
        "Ayesha Fatima Sumaira Shabana Nazia Rukhsana Saima Farzana Samina Shazia Nasreen Parveen "
        "Zainab Maryam Khadija Noreen Tahira Rabia Iram Uzma Sobia Bushra Halima Yasmin Shaheen "
        "Razia Naseem Tasleem Rehana Salma Nusrat Jaspreet Harpreet Manpreet Gurpreet Sukhvinder "
        "Kulwinder Rajinder Simran Priya Anjali Deepika Nisha Meena Sunita Rekha Shilpa Kavita",
        "Begum Khan Bibi Akhtar Hussain Kaur Ahmed Ali Kauser Patel Singh Shah Khatun Mahmood "
        "Iqbal Malik Mirza Chaudhry Sharma Rahman Uddin Miah Gill Sandhu Dhillon Sidhu Bhatti "
        "Qureshi Butt Javed Aslam Rashid Zaman Hashmi Siddiqui Mehta Desai Joshi Chauhan Mistry",
        "Ayesha=Aisha,Aysha,Aesha Fatima=Fatema,Fathima Maryam=Mariam,Miriam Khadija=Khadijah "
        "Zainab=Zaynab,Zeinab Nasreen=Nasrin Parveen=Parvin Yasmin=Yasmeen,Jasmin Rukhsana=Ruksana "
        "Nazia=Naziya Saima=Sayma Farzana=Farzanah Shazia=Shaziya Halima=Haleema Salma=Selma "
        "Jaspreet=Jas Harpreet=Harps Manpreet=Mani Sukhvinder=Sukhi Kulwinder=Kully Simran=Simmi "
        "Rabia=Rabiya Bushra=Bushrah Uzma=Uzmah Rehana=Rihana Nusrat=Nusret Iram=Erum",
    ),
    _people(
        12,
        "Ngozi Chioma Adaeze Funmilayo Folasade Titilayo Yetunde Blessing Grace Patience Comfort "
        "Mercy Precious Abena Akosua Ama Efua Adwoa Hodan Hibaq Ifrah Sahra Amina Fadumo Asha "
        "Nimco Deqa Selamawit Tigist Makeda Tendai Rudo Chipo Nyasha Thandiwe Wanjiru Achieng "
        "Aminata Fatoumata Mariama Kadiatou Fatou Beyonce Latoya Shanice Tanisha Monique",
        "Okafor Adeyemi Mohamed Mensah Ibrahim Okonkwo Adebayo Balogun Osei Boateng Owusu Asante "
        "Appiah Hassan Abdi Ahmed Warsame Farah Jama Tesfaye Bekele Moyo Ncube Dube Sibanda Banda "
        "Kamau Otieno Wanjiku Diallo Bah Camara Traore Sesay Kamara Koroma Nwosu Eze Chukwu "
        "Oluwaseun Campbell Brown Williams Grant Francis Oyelaran Adegboyega Ogunleye",
        "Ngozi=Goze,NG Chioma=Chi Adaeze=Ada Funmilayo=Funmi,Funmilola Folasade=Sade,Shade "
        "Titilayo=Titi Yetunde=Yetty Akosua=Akos Sahra=Sarah,Zahra Amina=Aminah,Aamina "
        "Fadumo=Faduma,Fatuma Asha=Aasha Hibaq=Hibak Hodan=Hoodan Selamawit=Selam Tigist=Tigest "
        "Aminata=Ami Fatoumata=Fatu,Fatoumatta Mariama=Maryama Thandiwe=Thandi Shanice=Shaniece",
    ),
    _people(
        12,
        "Agnieszka Katarzyna Małgorzata Anna Magdalena Joanna Monika Ewa Karolina Justyna Aneta "
        "Dorota Beata Iwona Sylwia Paulina Natalia Weronika Zofia Elżbieta Maria Elena Ioana "
        "Mihaela Andreea Alexandra Cristina Gabriela Simona Raluca Florentina Loredana Denisa "
        "Ana-Maria Viorica Rūta Inga Jurgita Daiva Kristīne Līga Zuzana Lenka Petra Mariana "
        "Gergana",
        "Nowak Kowalska Wiśniewska Wójcik Kamińska Lewandowska Zielińska Szymańska Woźniak "
        "Dąbrowska Kozłowska Jankowska Mazur Krawczyk Piotrowska Grabowska Pawłowska Popescu "
        "Ionescu Popa Radu Dumitru Stan Stoica Gheorghe Munteanu Constantin Ciobanu Rusu "
        "Moldoveanu Lăcătuş "
        "Horváthová Nováková Kováčová Balogová Kazlauskienė Petrauskaitė Ivanova Petrova Dimitrova "
        "Bērziņa Kalniņa Țurcanu Șerban",
        "Agnieszka=Aga,Agnes Katarzyna=Kasia,Katherine Małgorzata=Gosia,Margaret Magdalena=Magda "
        "Joanna=Asia,Joasia Ewa=Eva Elżbieta=Ela,Elizabeth Zofia=Zosia,Sophia Karolina=Karola "
        "Natalia=Natalya Weronika=Veronica,Weronica Sylwia=Sylvia Monika=Monica "
        "Alexandra=Alex,Sanda Mihaela=Michaela Andreea=Andrea Cristina=Christina,Kristina "
        "Gabriela=Gabi Ioana=Joana Ana-Maria=Anamaria,Ana Elena=Lena Maria=Marya Loredana=Lori",
    ),
)
