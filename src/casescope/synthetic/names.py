"""Names for people who do not exist, by origin, and how common each origin is.

Common forenames and surnames joined by chance; nobody is meant by any of them.
"""

ETHNICITY_SHARES = {
    "WBRI": 0.725, "WIRI": 0.01, "WOTH": 0.045, "WIRT": 0.004, "WROM": 0.006,
    "MWBC": 0.03, "MWBA": 0.012, "MWAS": 0.014, "MOTH": 0.014,
    "AIND": 0.012, "APKN": 0.03, "ABAN": 0.012, "AOTH": 0.012, "CHNE": 0.003,
    "BCRB": 0.018, "BAFR": 0.025, "BOTH": 0.008, "OOTH": 0.012, "REFU": 0.003, "NOBT": 0.015,
}  # fmt: skip
"""DfE codes and shares, near those of an English county with some towns."""

ORIGIN = {
    "AIND": "south_asian", "APKN": "south_asian", "ABAN": "south_asian", "AOTH": "south_asian",
    "BAFR": "african", "BOTH": "african", "WOTH": "european", "WROM": "european",
    "CHNE": "east_asian", "OOTH": "arabic",
}  # fmt: skip
"""From which lists a person of this ethnicity is named; anyone else from `british`."""

GIRLS = {
    "british": "Amy Chloe Jade Gemma Kayleigh Stacey Leanne Kirsty Natasha Shannon Paige Megan "
    "Lauren Bethany Hannah Rebecca Charlotte Danielle Rachel Laura Sarah Emma Claire Nicola Lisa "
    "Michelle Donna Tracey Kelly Samantha Zoe Holly Abigail Georgia Ellie Molly Caitlin Siobhan "
    "Aoife Chantelle Tiffany Courtney Demi Ruby Lily Freya Isla Poppy Evie Summer Skye Heather "
    "Joanne Louise Katie Victoria Jodie Melissa Tanya Robyn Siân Zoë",
    "south_asian": "Aisha Fatima Zainab Maryam Saima Nadia Shabana Rukhsana Nasreen Sadia Priya "
    "Anjali Sunita Kavita Neha Farzana Tahmina Rubina Hafsa Iqra",
    "african": "Amina Blessing Grace Adaeze Ngozi Folake Abena Akosua Esther Mercy Hodan Fadumo "
    "Precious Temitope Chiamaka Hawa",
    "european": "Agnieszka Katarzyna Magdalena Joanna Ewa Monika Ioana Elena Andreea Daniela "
    "Simona Ruta Ligita Kristina Sofia Marta",
    "east_asian": "Mei Lan Xiu Ying Hui Jing Li Yan",
    "arabic": "Layla Noor Yasmin Rania Huda Samira Shirin Leila",
}
BOYS = {
    "british": "Jack Tyler Callum Connor Liam Ryan Kyle Jordan Lewis Jamie Bradley Alfie Archie "
    "Oliver Harry George Charlie Leo Mason Riley Logan Theo Finley Jayden Kai Reece Ethan Dylan "
    "Noah Oscar Toby Max Luke Adam Daniel Joshua Samuel Thomas James Corey",
    "south_asian": "Mohammed Ibrahim Yusuf Hamza Bilal Zain Arjun Rohan Imran Tariq Rahim Adil",
    "african": "Emmanuel Samuel Kwame Kofi Chidi Tunde Abdi Yusuf David Joseph",
    "european": "Jakub Mateusz Piotr Andrei Mihai Stefan Lukas Tomas Filip Marek",
    "east_asian": "Wei Jun Ming Bo Hao Lei",
    "arabic": "Omar Ali Karim Sami Reza Amir",
}
SURNAMES = {
    "british": "Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson "
    "Evans Walker White Roberts Green Hall Wood Jackson Clarke Harrison Ward Cooper Hill Baker "
    "Turner Parker Bennett Cook Carter Shaw Bell Murphy Kelly Price Foster Gray Mills Barnes Dixon "
    "Hunt Palmer Holmes Webb Pearson Marsh Stone Fletcher Booth Lowe Barker Lamb Kent Frost Hobbs "
    "Nash Moss Tanner O'Brien O'Neill Whitlock Thornley Ashdown Penhale Birchall Garside Tindall",
    "south_asian": "Khan Hussain Ahmed Begum Akhtar Patel Singh Kaur Ali Mahmood Iqbal Miah Rahman "
    "Chowdhury Sharma Malik Bibi Shah",
    "african": "Okafor Mensah Adeyemi Boateng Okoro Abdi Mohamed Nkosi Owusu Eze Bangura Moyo",
    "european": "Nowak Kowalska Wisniewska Popescu Ionescu Dumitru Kazlauskas Ozola Horvath "
    "Petrova Novotna Balog",
    "east_asian": "Chen Wong Li Zhang Lin Tran",
    "arabic": "Hassan Saleh Karimi Aziz Haddad Rashid",
}
