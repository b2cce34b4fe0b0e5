/// The energetic songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; the numbers are editorial estimates.
extension StandardCatalogue {
  static let energetic = #"""
    Black Bottom Stomp,Black Bottom Stomp,Jelly Roll Morton's Red Hot Peppers,,1926,28,0.62,0.78,260,Energetic,jazz,zxx
    "Sing, Sing, Sing (With a Swing)","Sing, Sing, Sing (With a Swing)",Benny Goodman and His Orchestra,,1937,58,0.78,0.62,214,Energetic,swing,zxx
    Boogie Woogie Bugle Boy,Boogie Woogie Bugle Boy,The Andrews Sisters,,1941,52,0.66,0.86,160,Energetic,swing,en
    Salt Peanuts,Salt Peanuts,Dizzy Gillespie and His All Stars,,1945,36,0.72,0.74,280,Energetic,bebop,en
    Mambo No. 5,Mambo No. 5,Pérez Prado,,1950,44,0.78,0.82,190,Energetic,mambo,zxx
    Tutti Frutti,Here's Little Richard,Little Richard,,1955,61,0.84,0.92,178,Energetic,rock and roll,en
    Jailhouse Rock,Jailhouse Rock,Elvis Presley,,1957,68,0.74,0.90,166,Energetic,rock and roll,en
    Johnny B. Goode,Chuck Berry Is on Top,Chuck Berry,,1958,71,0.80,0.92,168,Energetic,rock and roll,en
    Twist and Shout,Please Please Me,The Beatles,,1963,74,0.86,0.90,124,Energetic,rock and roll,en
    Respect,I Never Loved a Man the Way I Love You,Aretha Franklin,,1967,73,0.62,0.90,115,Energetic,soul,en
    Whole Lotta Love,Led Zeppelin II,Led Zeppelin,,1969,75,0.88,0.42,90,Energetic,hard rock,en
    Get Up (I Feel Like Being a) Sex Machine,Get Up (I Feel Like Being a) Sex Machine,James Brown,,1970,58,0.72,0.84,108,Energetic,funk,en
    Paranoid,Paranoid,Black Sabbath,,1970,77,0.86,0.40,163,Energetic,heavy metal,en
    Superstition,Talking Book,Stevie Wonder,,1972,78,0.64,0.86,100,Energetic,funk,en
    Quimbara,Celia & Johnny,Celia Cruz and Johnny Pacheco,,1974,55,0.84,0.88,112,Energetic,salsa,es
    Born to Run,Born to Run,Bruce Springsteen,,1975,72,0.88,0.46,147,Energetic,rock,en
    Blitzkrieg Bop,Ramones,Ramones,,1976,72,0.92,0.72,177,Energetic,punk,en
    Zombie,Zombie,Fela Kuti and Africa 70,,1976,46,0.80,0.74,126,Energetic,afrobeat,pcm
    Stayin' Alive,Saturday Night Fever,Bee Gees,,1977,80,0.76,0.94,104,Energetic,disco,en
    I Feel Love,I Remember Yesterday,Donna Summer,,1977,63,0.84,0.66,128,Energetic,disco,en
    We Will Rock You,News of the World,Queen,,1977,80,0.55,0.48,81,Energetic,rock,en
    Ça plane pour moi,An 1,Plastic Bertrand,,1977,60,0.92,0.86,172,Energetic,new wave,fr
    Die Roboter,Die Mensch-Maschine,Kraftwerk,,1978,48,0.66,0.60,118,Energetic,electronic,de
    London Calling,London Calling,The Clash,,1979,71,0.80,0.66,134,Energetic,punk,en
    Ace of Spades,Ace of Spades,Motörhead,,1980,70,0.97,0.30,141,Energetic,heavy metal,en
    Billie Jean,Thriller,Michael Jackson,,1982,84,0.68,0.84,117,Energetic,pop,en
    Eye of the Tiger,Eye of the Tiger,Survivor,,1982,76,0.60,0.54,109,Energetic,rock,en
    Blue Monday,Blue Monday,New Order,,1983,70,0.80,0.84,130,Energetic,synth-pop,en
    Welcome to the Jungle,Appetite for Destruction,Guns N' Roses,,1987,75,0.96,0.32,123,Energetic,hard rock,en
    Yé ké yé ké,Akwaba Beach,Mory Kanté,,1987,50,0.86,0.78,126,Energetic,afropop,man
    Gruppa krovi (Группа крови),Gruppa krovi,Kino,,1988,60,0.78,0.52,138,Energetic,post-punk,ru
    Fight the Power,Fear of a Black Planet,Public Enemy,,1989,55,0.86,0.48,106,Energetic,hip hop,en
    Thunderstruck,The Razors Edge,AC/DC,,1990,83,0.89,0.30,134,Energetic,hard rock,en
    Smells Like Teen Spirit,Nevermind,Nirvana,,1991,83,0.91,0.70,117,Energetic,grunge,en
    Enter Sandman,Metallica,Metallica,,1991,82,0.84,0.60,123,Energetic,heavy metal,en
    Killing in the Name,Rage Against the Machine,Rage Against the Machine,,1992,77,0.84,0.62,89,Energetic,rap metal,en
    Didi,Khaled,Khaled,,1992,54,0.80,0.78,100,Energetic,raï,ar
    Matador,Vasos vacíos,Los Fabulosos Cadillacs,,1993,60,0.92,0.76,118,Energetic,ska,es
    Sabotage,Ill Communication,Beastie Boys,,1994,70,0.92,0.50,168,Energetic,rap rock,en
    Basket Case,Dookie,Green Day,,1994,79,0.94,0.72,170,Energetic,punk,en
    Firestarter,The Fat of the Land,The Prodigy,,1996,60,0.96,0.34,141,Energetic,big beat,en
    Song 2,Blur,Blur,,1997,76,0.84,0.88,130,Energetic,alternative rock,en
    Block Rockin' Beats,Dig Your Own Hole,The Chemical Brothers,,1997,55,0.92,0.52,110,Energetic,big beat,en
    Du hast,Sehnsucht,Rammstein,,1997,74,0.93,0.36,125,Energetic,industrial metal,de
    Chaiyya Chaiyya,Dil Se..,Sukhwinder Singh and Sapna Awasthi,,1998,60,0.80,0.82,86,Energetic,filmi,hi
    Mundian To Bach Ke,Legalised,Panjabi MC,,1998,57,0.82,0.64,98,Energetic,bhangra,pa
    Tunak Tunak Tun,Tunak Tunak Tun,Daler Mehndi,,1998,52,0.88,0.86,130,Energetic,bhangra,pa
    Sandstorm,Before the Storm,Darude,,1999,73,0.96,0.58,136,Energetic,trance,zxx
    One More Time,Discovery,Daft Punk,,2000,78,0.70,0.48,123,Energetic,house,en
    Chop Suey!,Toxicity,System of a Down,,2001,80,0.93,0.32,127,Energetic,metal,en
    Lose Yourself,8 Mile,Eminem,,2002,83,0.74,0.06,171,Energetic,hip hop,en
    Seven Nation Army,Elephant,The White Stripes,,2003,78,0.46,0.32,124,Energetic,garage rock,en
    Crazy in Love,Dangerously in Love,Beyoncé featuring Jay-Z,,2003,76,0.76,0.68,99,Energetic,r&b,en
    Mr. Brightside,Hot Fuss,The Killers,,2003,84,0.91,0.24,148,Energetic,indie rock,en
    Gasolina,Barrio Fino,Daddy Yankee,,2004,78,0.80,0.74,96,Energetic,reggaeton,es
    Jai Ho,Slumdog Millionaire,A. R. Rahman and Sukhwinder Singh,,2008,54,0.88,0.72,137,Energetic,filmi,hi
    Alors on danse,Cheese,Stromae,,2009,74,0.60,0.66,120,Energetic,house,fr
    Bad Romance,The Fame Monster,Lady Gaga,,2009,81,0.92,0.70,119,Energetic,dance-pop,en
    Scary Monsters and Nice Sprites,Scary Monsters and Nice Sprites,Skrillex,,2010,60,0.94,0.36,140,Energetic,dubstep,en
    Ai Se Eu Te Pego!,Na Balada,Michel Teló,,2011,60,0.86,0.80,96,Energetic,sertanejo,pt
    Levels,Levels,Avicii,,2011,72,0.88,0.46,126,Energetic,progressive house,en
    Titanium,Nothing but the Beat,David Guetta featuring Sia,,2011,78,0.78,0.30,126,Energetic,house,en
    Gangnam Style,"Psy 6 (Six Rules), Part 1",PSY,,2012,66,0.94,0.74,132,Energetic,k-pop,ko
    Gimme Chocolate!!,Babymetal,Babymetal,,2014,56,0.96,0.46,120,Energetic,metal,ja
    HUMBLE.,DAMN.,Kendrick Lamar,,2017,82,0.62,0.42,150,Energetic,hip hop,en
    DDU-DU DDU-DU,Square Up,BLACKPINK,,2018,70,0.86,0.46,140,Energetic,k-pop,ko
    Gurenge (紅蓮華),Leo-Nine,LiSA,,2019,66,0.92,0.58,135,Energetic,j-rock,ja
    Blinding Lights,After Hours,The Weeknd,,2019,88,0.73,0.34,171,Energetic,synth-pop,en
    Zitti e buoni,Teatro d'ira: Vol. I,Måneskin,,2021,64,0.94,0.54,103,Energetic,rock,it
    Shum,Shum,Go_A,,2021,55,0.88,0.44,152,Energetic,electro-folk,uk
    good 4 u,Sour,Olivia Rodrigo,,2021,80,0.66,0.68,167,Energetic,pop punk,en
    Naatu Naatu,RRR,Rahul Sipligunj and Kaala Bhairava,,2021,57,0.90,0.80,152,Energetic,filmi,te
    Tití Me Preguntó,Un Verano Sin Ti,Bad Bunny,,2022,82,0.72,0.22,107,Energetic,reggaeton,es
    Break My Soul,Renaissance,Beyoncé,,2022,70,0.88,0.84,115,Energetic,house,en
    Cha Cha Cha,Cha Cha Cha,Käärijä,,2023,58,0.92,0.56,150,Energetic,industrial metal,fi
    Idol (アイドル),The Book 3,Yoasobi,,2023,72,0.93,0.80,166,Energetic,j-pop,ja
    APT.,Rosie,Rosé and Bruno Mars,,2024,86,0.78,0.92,149,Energetic,pop,en
    """#
}
