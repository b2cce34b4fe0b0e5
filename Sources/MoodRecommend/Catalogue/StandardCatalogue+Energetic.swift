/// The energetic songs of the standard catalogue, oldest first.
///
/// The columns are those of ``StandardCatalogue/header``; popularity, energy, valence and
/// tempo are editorial estimates, which `estimated` says.
extension StandardCatalogue {
  static let energetic = #"""
    Black Bottom Stomp,Black Bottom Stomp,Jelly Roll Morton's Red Hot Peppers,1WTUn1PJVvvSIYgbwDTodX,1926,191147,28,0.62,0.78,260,Energetic,jazz,zxx,true
    "Sing, Sing, Sing (With a Swing)","Sing, Sing, Sing (With a Swing)",Benny Goodman and His Orchestra,61znp1Iy11bdJ2YAbwaqw7,1937,520133,58,0.78,0.62,214,Energetic,swing,zxx,true
    Boogie Woogie Bugle Boy,Boogie Woogie Bugle Boy,The Andrews Sisters,,1941,,52,0.66,0.86,160,Energetic,swing,en,true
    Salt Peanuts,Salt Peanuts,Dizzy Gillespie and His All Stars,,1945,,36,0.72,0.74,280,Energetic,bebop,en,true
    Mambo No. 5,Mambo No. 5,Pérez Prado,,1950,,44,0.78,0.82,190,Energetic,mambo,zxx,true
    Tutti Frutti,Here's Little Richard,Little Richard,2iXcvnD3d1gfLBum0cE5Eg,1955,,61,0.84,0.92,178,Energetic,rock and roll,en,true
    Jailhouse Rock,Jailhouse Rock,Elvis Presley,4gphxUgq0JSFv2BCLhNDiE,1957,146480,68,0.74,0.90,166,Energetic,rock and roll,en,true
    Johnny B. Goode,Chuck Berry Is on Top,Chuck Berry,2QfiRTz5Yc8DdShCxG1tB2,1958,161560,71,0.80,0.92,168,Energetic,rock and roll,en,true
    Twist and Shout,Please Please Me,The Beatles,5ZBeML7Lf3FMEVviTyvi8l,1963,155227,74,0.86,0.90,124,Energetic,rock and roll,en,true
    Respect,I Never Loved a Man the Way I Love You,Aretha Franklin,7s25THrKz86DM225dOYwnr,1967,147600,73,0.62,0.90,115,Energetic,soul,en,true
    Whole Lotta Love,Led Zeppelin II,Led Zeppelin,0hCB0YR03f6AmQaHbwWDe8,1969,333893,75,0.88,0.42,90,Energetic,hard rock,en,true
    Get Up (I Feel Like Being a) Sex Machine,Get Up (I Feel Like Being a) Sex Machine,James Brown,2ivdsb1RcEJjIs5tuHkUC9,1970,316333,58,0.72,0.84,108,Energetic,funk,en,true
    Paranoid,Paranoid,Black Sabbath,1Y373MqadDRtclJNdnUXVc,1970,168406,77,0.86,0.40,163,Energetic,heavy metal,en,true
    Superstition,Talking Book,Stevie Wonder,4N0TP4Rmj6QQezWV88ARNJ,1972,266000,78,0.64,0.86,100,Energetic,funk,en,true
    Quimbara,Celia & Johnny,Celia Cruz and Johnny Pacheco,,1974,,55,0.84,0.88,112,Energetic,salsa,es,true
    Born to Run,Born to Run,Bruce Springsteen,6hTcuIQa0sxrrByu9wTD7s,1975,269920,72,0.88,0.46,147,Energetic,rock,en,true
    Blitzkrieg Bop,Ramones,Ramones,4KcH1ZRV2W1q7Flq0QqC76,1976,134467,72,0.92,0.72,177,Energetic,punk,en,true
    Zombie,Zombie,Fela Kuti and Afrika 70,11GDQVqIEKAB4QKOcIVOvG,1976,745000,46,0.80,0.74,126,Energetic,afrobeat,pcm,true
    Anarchy in the U.K.,"Never Mind the Bollocks, Here's the Sex Pistols",Sex Pistols,,1976,,66,0.92,0.30,142,Energetic,punk,en,true
    Stayin' Alive,Saturday Night Fever,Bee Gees,3mRM4NM8iO7UBqrSigCQFH,1977,285373,80,0.76,0.94,104,Energetic,disco,en,true
    I Feel Love,I Remember Yesterday,Donna Summer,1vCBk33l9HaWp5FOnhSGxk,1977,355173,63,0.84,0.66,128,Energetic,disco,en,true
    We Will Rock You,News of the World,Queen,4pbJqGIASGPr0ZpGpnWkDn,1977,122067,80,0.55,0.48,81,Energetic,rock,en,true
    Ça plane pour moi,An 1,Plastic Bertrand,4sf4Lq52b2iCoAgpge7a9g,1977,182133,60,0.92,0.86,172,Energetic,new wave,fr,true
    Die Roboter,Die Mensch-Maschine,Kraftwerk,,1978,,48,0.66,0.60,118,Energetic,electronic,de,true
    London Calling,London Calling,The Clash,5jzma6gCzYtKB1DbEwFZKH,1979,199703,71,0.80,0.66,134,Energetic,punk,en,true
    Ace of Spades,Ace of Spades,Motörhead,6EPRKhUOdiFSQwGBRBbvsZ,1980,165907,70,0.97,0.30,141,Energetic,heavy metal,en,true
    Holiday in Cambodia,Fresh Fruit for Rotting Vegetables,Dead Kennedys,,1980,,60,0.93,0.26,168,Energetic,punk,en,true
    Rise Above,Damaged,Black Flag,,1981,,48,0.95,0.24,184,Energetic,hardcore punk,en,true
    Billie Jean,Thriller,Michael Jackson,5ChkMS8OtdzJeqyybCc9R5,1982,293827,84,0.68,0.84,117,Energetic,pop,en,true
    Eye of the Tiger,Eye of the Tiger,Survivor,2KH16WveTQWT6KOG9Rg6e2,1982,245640,76,0.60,0.54,109,Energetic,rock,en,true
    Blue Monday,Blue Monday,New Order,6hHc7Pks7wtBIW8Z6A0iFq,1983,449160,70,0.80,0.84,130,Energetic,synth-pop,en,true
    Raining Blood,Reign in Blood,Slayer,,1986,,62,0.97,0.14,178,Energetic,thrash metal,en,true
    Welcome to the Jungle,Appetite for Destruction,Guns N' Roses,0bVtevEgtDIeRjCJbK3Lmv,1987,272027,75,0.96,0.32,123,Energetic,hard rock,en,true
    Yé ké yé ké,Akwaba Beach,Mory Kanté,5FyzXx0xvcFsA6IK1C8emT,1987,236693,50,0.86,0.78,126,Energetic,afropop,man,true
    Gruppa krovi (Группа крови),Gruppa krovi,Kino,1IV8VhE6Nx8gZru1ZtgXOR,1988,239827,60,0.78,0.52,138,Energetic,post-punk,ru,true
    Straight Outta Compton,Straight Outta Compton,N.W.A,,1988,,67,0.86,0.34,103,Energetic,hip hop,en,true
    Fight the Power,Fear of a Black Planet,Public Enemy,1yo16b3u0lptm6Cs7lx4AD,1989,282640,55,0.86,0.48,106,Energetic,hip hop,en,true
    Head Like a Hole,Pretty Hate Machine,Nine Inch Nails,,1989,,60,0.86,0.28,116,Energetic,industrial rock,en,true
    Thunderstruck,The Razors Edge,AC/DC,57bgtoPSgt236HzfBOd8kj,1990,292880,83,0.89,0.30,134,Energetic,hard rock,en,true
    Smells Like Teen Spirit,Nevermind,Nirvana,5ghIJDpPoe3CfHMGu71E6T,1991,301920,83,0.91,0.70,117,Energetic,grunge,en,true
    Enter Sandman,Metallica,Metallica,5sICkBXVmaCQk5aISGR3x1,1991,331000,82,0.84,0.60,123,Energetic,heavy metal,en,true
    Killing in the Name,Rage Against the Machine,Rage Against the Machine,59WN2psjkt1tyaxjspN8fp,1992,313573,77,0.84,0.62,89,Energetic,rap metal,en,true
    Didi,Khaled,Khaled,,1992,,54,0.80,0.78,100,Energetic,raï,ar,true
    Walk,Vulgar Display of Power,Pantera,,1992,,67,0.90,0.26,118,Energetic,groove metal,en,true
    N.W.O.,Psalm 69: The Way to Succeed and the Way to Suck Eggs,Ministry,,1992,,46,0.96,0.18,136,Energetic,industrial metal,en,true
    Symphony of Destruction,Countdown to Extinction,Megadeth,,1992,,66,0.88,0.28,140,Energetic,heavy metal,en,true
    Matador,Vasos vacíos,Los Fabulosos Cadillacs,7d4pdMym8ZBOgf1oVPTiPb,1993,275893,60,0.92,0.76,118,Energetic,ska,es,true
    Schrei nach Liebe,Die Bestie in Menschengestalt,Die Ärzte,,1993,,63,0.88,0.40,168,Energetic,punk,de,true
    Sabotage,Ill Communication,Beastie Boys,0Puj4YlTm6xNzDDADXHMI9,1994,178440,70,0.92,0.50,168,Energetic,rap rock,en,true
    Basket Case,Dookie,Green Day,6L89mwZXSOwYl76YXfX13s,1994,181533,79,0.94,0.72,170,Energetic,punk,en,true
    Zombie,No Need to Argue,The Cranberries,,1994,,68,0.74,0.24,84,Energetic,alternative rock,en,true
    Davidian,Burn My Eyes,Machine Head,,1994,,52,0.95,0.18,98,Energetic,groove metal,en,true
    You Oughta Know,Jagged Little Pill,Alanis Morissette,,1995,,66,0.80,0.32,104,Energetic,alternative rock,en,true
    Army of Me,Post,Björk,,1995,,56,0.78,0.24,87,Energetic,electronic,en,true
    Firestarter,The Fat of the Land,The Prodigy,79CUrU5o2KAVDTNm4x3eGU,1996,,60,0.96,0.34,141,Energetic,big beat,en,true
    Roots Bloody Roots,Roots,Sepultura,,1996,,58,0.95,0.20,114,Energetic,groove metal,en,true
    The Beautiful People,Antichrist Superstar,Marilyn Manson,,1996,,64,0.92,0.24,144,Energetic,industrial metal,en,true
    Song 2,Blur,Blur,1FTSo4v6BOZH9QxKc3MbVM,1997,121160,76,0.84,0.88,130,Energetic,alternative rock,en,true
    Block Rockin' Beats,Dig Your Own Hole,The Chemical Brothers,7ioWv6BqAF2w666c96ZFZj,1997,,55,0.92,0.52,110,Energetic,big beat,en,true
    Du hast,Sehnsucht,Rammstein,5awDvzxWfd53SSrsRZ8pXO,1997,234227,74,0.93,0.36,125,Energetic,industrial metal,de,true
    Chaiyya Chaiyya,Dil Se..,Sukhwinder Singh and Sapna Awasthi,,1998,,60,0.80,0.82,86,Energetic,filmi,hi,true
    Mundian To Bach Ke,Legalised,Panjabi MC,2LxAeJ9KUj1GRS9oeHgQ3i,1998,245560,57,0.82,0.64,98,Energetic,bhangra,pa,true
    Tunak Tunak Tun,Tunak Tunak Tun,Daler Mehndi,131yybV7A3TmC34a0qE8u8,1998,303133,52,0.88,0.86,130,Energetic,bhangra,pa,true
    Freak on a Leash,Follow the Leader,Korn,,1998,,67,0.89,0.22,104,Energetic,nu metal,en,true
    Sandstorm,Before the Storm,Darude,6Sy9BUbgFse0n0LPA5lwy5,1999,225493,73,0.96,0.58,136,Energetic,trance,zxx,true
    Break Stuff,Significant Other,Limp Bizkit,,1999,,68,0.91,0.30,110,Energetic,nu metal,en,true
    One More Time,Discovery,Daft Punk,0DiWol3AO6WpXZgp0goxAV,2000,320357,78,0.70,0.48,123,Energetic,house,en,true
    One Step Closer,Hybrid Theory,Linkin Park,,2000,,68,0.95,0.28,96,Energetic,nu metal,en,true
    Chop Suey!,Toxicity,System of a Down,2DlHlPMa4M17kufBvI2lEN,2001,210240,80,0.93,0.32,127,Energetic,metal,en,true
    Bodies,Sinner,Drowning Pool,,2001,,66,0.94,0.20,132,Energetic,nu metal,en,true
    Lose Yourself,8 Mile,Eminem,5Z01UMMf7V1o0MzF86s6WJ,2002,326467,83,0.74,0.06,171,Energetic,hip hop,en,true
    Seven Nation Army,Elephant,The White Stripes,3dPQuX8Gs42Y7b454ybpMR,2003,232106,78,0.46,0.32,124,Energetic,garage rock,en,true
    Crazy in Love,Dangerously in Love,Beyoncé featuring Jay-Z,0TwBtDAWpkpM3srywFVOV5,2003,235933,76,0.76,0.68,99,Energetic,r&b,en,true
    Mr. Brightside,Hot Fuss,The Killers,003vvx7Niy0yvhvHt4a68B,2003,222973,84,0.91,0.24,148,Energetic,indie rock,en,true
    Gasolina,Barrio Fino,Daddy Yankee,6jEZLz3YpnEBRpVkv35AmP,2004,192600,78,0.80,0.74,96,Energetic,reggaeton,es,true
    Duality,Vol. 3: (The Subliminal Verses),Slipknot,,2004,,68,0.95,0.18,144,Energetic,nu metal,en,true
    Jai Ho,Slumdog Millionaire,A. R. Rahman and Sukhwinder Singh,,2008,,54,0.88,0.72,137,Energetic,filmi,hi,true
    Alors on danse,Cheese,Stromae,2GYHyAoLWpkxLVa4oYTVko,2009,206066,74,0.60,0.66,120,Energetic,house,fr,true
    Bad Romance,The Fame Monster,Lady Gaga,0SiywuOBRcynK0uKGWdCnn,2009,294573,81,0.92,0.70,119,Energetic,dance-pop,en,true
    Scary Monsters and Nice Sprites,Scary Monsters and Nice Sprites,Skrillex,4rwpZEcnalkuhPyGkEdhu0,2010,243354,60,0.94,0.36,140,Energetic,dubstep,en,true
    Ai Se Eu Te Pego!,Na Balada,Michel Teló,3M1acP5ae6TRfpm5k0Kogm,2011,170000,60,0.86,0.80,96,Energetic,sertanejo,pt,true
    Levels,Levels,Avicii,5UqCQaDshqbIk3pkhy4Pjg,2011,199906,72,0.88,0.46,126,Energetic,progressive house,en,true
    Titanium,Nothing but the Beat,David Guetta featuring Sia,0TDLuuLlV54CkRRUOahJb4,2011,245040,78,0.78,0.30,126,Energetic,house,en,true
    Gangnam Style,"Psy 6 (Six Rules), Part 1",PSY,03UrZgTINDqvnUMbbIMhql,2012,219493,66,0.94,0.74,132,Energetic,k-pop,ko,true
    Black Skinhead,Yeezus,Kanye West,,2013,,64,0.85,0.26,130,Energetic,hip hop,en,true
    Gimme Chocolate!!,Babymetal,Babymetal,16D5bGymrzpi9ZlnYXB5ql,2014,230613,56,0.96,0.46,120,Energetic,metal,ja,true
    Don't Hurt Yourself,Lemonade,Beyoncé featuring Jack White,,2016,,56,0.80,0.30,84,Energetic,rock,en,true
    HUMBLE.,DAMN.,Kendrick Lamar,7KXjTSCq5nL1LoYtL7XAwS,2017,177000,82,0.62,0.42,150,Energetic,hip hop,en,true
    DDU-DU DDU-DU,Square Up,BLACKPINK,4lQsB3ERTWSNaAN1IkuNRl,2018,211350,70,0.86,0.46,140,Energetic,k-pop,ko,true
    Gurenge (紅蓮華),Leo-Nine,LiSA,0qMip0B2D4ePEjBJvAtYre,2019,237587,66,0.92,0.58,135,Energetic,j-rock,ja,true
    Blinding Lights,After Hours,The Weeknd,0VjIjW4GlUZAMYd2vXMi3b,2019,200040,88,0.73,0.34,171,Energetic,synth-pop,en,true
    Zitti e buoni,Teatro d'ira: Vol. I,Måneskin,776AftMmFFAWUIEAb3lHhw,2021,194786,64,0.94,0.54,103,Energetic,rock,it,true
    Shum,Shum,Go_A,7mEDVrAHDnQJStDo8jKJJm,2021,172000,55,0.88,0.44,152,Energetic,electro-folk,uk,true
    good 4 u,Sour,Olivia Rodrigo,4ZtFanR9U6ndgddUvNcjcG,2021,178147,80,0.66,0.68,167,Energetic,pop punk,en,true
    Naatu Naatu,RRR,Rahul Sipligunj and Kaala Bhairava,,2021,,57,0.90,0.80,152,Energetic,filmi,te,true
    Tití Me Preguntó,Un Verano Sin Ti,Bad Bunny,1IHWl5LamUGEuP4ozKQSXZ,2022,243716,82,0.72,0.22,107,Energetic,reggaeton,es,true
    Break My Soul,Renaissance,Beyoncé,5pyoxDZ1PX0KxBxiRVxA4U,2022,278282,70,0.88,0.84,115,Energetic,house,en,true
    Cha Cha Cha,Cha Cha Cha,Käärijä,,2023,,58,0.92,0.56,150,Energetic,industrial metal,fi,true
    Idol (アイドル),The Book 3,Yoasobi,7ovUcF5uHTBRzUpB6ZOmvt,2023,213233,72,0.93,0.80,166,Energetic,j-pop,ja,true
    APT.,Rosie,Rosé and Bruno Mars,5vNRhkKd0yEAg8suGBpjeY,2024,169917,86,0.78,0.92,149,Energetic,pop,en,true
    """#
}
