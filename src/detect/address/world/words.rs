//! Street words and cities of the countries whose house number may stand behind the street.
//!
//! Origin: common street words of each language as postal guides show them (Deutsche Post, La Poste, Correos, Poste Italiane,
//! `PostNL`, CTT), and the largest cities of each country by its statistical office. Written for this project as facts.

/// Words that close a street's name when they are part of it: `Hauptstraße`, `Lindenweg`, `Damstraat`.
pub const ENDINGS: &[&str] = &[
    "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "chaussee", "straat", "laan", "plein", "gracht", "steenweg", "gatan",
    "vägen", "vej", "katu", "ring", "damm", "ufer", "steig", "stieg", "promenade", "graben", "markt", "hof", "berg", "park", "tor",
    "brücke", "wall", "kamp", "pfad", "kade", "dreef", "singel", "dijk", "baan", "gade", "gata", "veien", "stræde",
];

/// Of them, those that hardly end anything else.
pub const STRONG_ENDINGS: &[&str] = &[
    "straße", "strasse", "str", "weg", "platz", "allee", "gasse", "chaussee", "straat", "laan", "plein", "gracht", "steenweg", "gatan",
    "vägen",
];

/// German words that begin a street's name: `Am Markt`, `Unter den Linden`, `Zum Bahnhof`.
pub const GERMAN_FIRST: &str =
    "am|an|auf|im|in|zum|zur|unter|hinter|vor|bei|beim|alte|alter|neue|neuer|große|großer|grosse|grosser|kleine|kleiner|lange|obere|untere";

/// Kinds of streets that stand before the name in French; they may be written small.
pub const FRENCH: &str = "
    rue|boulevard|bd|bld|boul|avenue|av|place|pl|impasse|imp|chemin|che|allée|allee|allées|all|quai|cours|route|rte|square|passage|cité|cite
    résidence|residence|lotissement|hameau|sentier|voie|esplanade|faubourg|montée|ruelle|villa|rond-point|promenade|côte|traverse";

/// Kinds in Spanish and Catalan.
pub const SPANISH: &str = "
    calle|c/|cl|cll|avenida|avda|avd|av|paseo|pº|plaza|plza|pza|camino|carretera|ctra|ronda|glorieta|travesía|travesia|callejón|callejon
    carrer|plaça|placa|passeig|avinguda|rambla|polígono|poligono|urbanización|urbanizacion|urb";

/// Kinds in Italian.
pub const ITALIAN: &str = "via|viale|vle|corso|cso|piazza|pzza|piazzale|largo|vicolo|strada|lungotevere|lungarno|contrada|borgo|salita";

/// Kinds in Portuguese.
pub const PORTUGUESE: &str = "rua|r|avenida|travessa|praça|praca|largo|alameda|estrada|rodovia|beco|quinta|ladeira";

/// Words that stand small in names of streets and cities.
pub const PARTICLES: &str = "
    de|del|della|delle|dello|dei|degli|di|da|do|dos|das|du|des|le|la|les|lo|los|las|el|els|al|aux|au|à|en|sur|sous|lès|y|i|e|et|und
    am|an|der|den|dem|die|das|im|in|ob|bei|vor|van|von|vom|zum|zur|zu|ter|ten|te|het|op|aan|auf|unter|bis|santa|san|saint|sankt";

/// Words that begin a city's name of two words: `Bad Homburg`, `San Sebastián`.
pub const CITY_FIRST: &str = "
    bad|sankt|st|saint|sainte|san|santa|santo|los|las|la|le|les|el|l|den|de|new|neu|neuf|villa|castel|monte|reggio|alcalá|alcala|são|sao|rio|belo|porto|vila|nova";

/// Large cities, by country.
pub const CITIES: &[(&str, &str)] = &[
    (
        "DE",
        "berlin|hamburg|münchen|munich|köln|cologne|frankfurt|stuttgart|düsseldorf|leipzig|dortmund|essen|bremen|dresden|hannover|nürnberg
        duisburg|bochum|wuppertal|bielefeld|bonn|münster|mannheim|karlsruhe|augsburg|wiesbaden|gelsenkirchen|aachen|braunschweig|kiel|chemnitz
        magdeburg|freiburg|krefeld|mainz|lübeck|erfurt|oberhausen|rostock|kassel|hagen|potsdam|saarbrücken|hamm|ludwigshafen|oldenburg|osnabrück
        leverkusen|heidelberg|darmstadt|solingen|regensburg|herne|paderborn|neuss|ingolstadt|offenbach|fürth|ulm|würzburg|heilbronn|pforzheim
        wolfsburg|göttingen|bottrop|reutlingen|koblenz|bremerhaven|erlangen|trier|jena|moers|siegen|hildesheim|cottbus|gera|konstanz",
    ),
    (
        "FR",
        "paris|marseille|lyon|toulouse|nice|nantes|strasbourg|montpellier|bordeaux|lille|rennes|reims|toulon|grenoble|dijon|angers|nîmes|nimes
        villeurbanne|clermont-ferrand|le havre|saint-étienne|aix-en-provence|brest|limoges|tours|amiens|metz|perpignan|besançon|orléans|rouen
        mulhouse|caen|boulogne-billancourt|nancy|saint-denis|argenteuil|montreuil|roubaix|tourcoing|avignon|dunkerque|créteil|poitiers|versailles
        courbevoie|vitry-sur-seine|colombes|pau|la rochelle|cannes|antibes|béziers|calais|chambéry|annecy|valence|neuilly-sur-seine",
    ),
    (
        "ES",
        "madrid|barcelona|valencia|sevilla|zaragoza|málaga|malaga|murcia|palma|bilbao|alicante|córdoba|cordoba|valladolid|vigo|gijón|gijon
        hospitalet|vitoria|coruña|granada|elche|oviedo|badalona|cartagena|terrassa|jerez|sabadell|móstoles|alcalá|pamplona|fuenlabrada|almería
        leganés|santander|burgos|castellón|getafe|albacete|alcorcón|logroño|badajoz|salamanca|huelva|lleida|tarragona|marbella|león|cádiz|girona
        las palmas|san sebastián|donostia",
    ),
    (
        "IT",
        "roma|milano|napoli|torino|palermo|genova|bologna|firenze|bari|catania|venezia|verona|messina|padova|trieste|brescia|parma|taranto|prato
        modena|reggio emilia|reggio calabria|perugia|ravenna|livorno|cagliari|foggia|rimini|salerno|ferrara|sassari|siracusa|pescara|monza
        bergamo|vicenza|trento|bolzano|novara|piacenza|ancona|lecce|udine|arezzo|cesena|la spezia|lucca|como|pisa|rome|milan|naples|turin|florence|venice",
    ),
    (
        "NL",
        "amsterdam|rotterdam|den haag|utrecht|eindhoven|groningen|tilburg|almere|breda|nijmegen|apeldoorn|haarlem|arnhem|enschede|amersfoort
        zaanstad|den bosch|zwolle|leiden|zoetermeer|leeuwarden|maastricht|dordrecht|ede|delft|alkmaar|deventer|hilversum",
    ),
    ("AT", "wien|vienna|graz|linz|salzburg|innsbruck|klagenfurt|villach|wels|st pölten|dornbirn"),
    ("CH", "zürich|zurich|genève|geneva|basel|lausanne|bern|winterthur|luzern|st gallen|lugano|biel"),
    ("BE", "bruxelles|brussel|brussels|antwerpen|gent|charleroi|liège|brugge|namur|leuven|mons|mechelen|hasselt"),
    ("PT", "lisboa|lisbon|porto|braga|coimbra|funchal|setúbal|aveiro|évora|faro|leiria|sintra|cascais"),
    ("BR", "são paulo|sao paulo|rio de janeiro|brasília|brasilia|salvador|fortaleza|belo horizonte|manaus|curitiba|recife|goiânia|belém|porto alegre|campinas"),
    ("CZ", "praha|prague|brno|ostrava|plzen|liberec|olomouc|hradec králové|pardubice|zlín"),
    ("SK", "bratislava|kosice|presov|zilina|nitra|trnava|trencin"),
    ("PL", "warszawa|warsaw|kraków|krakow|lodz|wroclaw|poznan|gdansk|szczecin|bydgoszcz|lublin|katowice|bialystok|gdynia|czestochowa|rzeszów|torun"),
    ("HU", "budapest|debrecen|szeged|miskolc|pécs|gyor|nyíregyháza|kecskemét"),
    ("RO", "bucharest|bucuresti|cluj-napoca|timisoara|iasi|constanta|craiova|brasov|sibiu|oradea"),
    ("SE", "stockholm|göteborg|gothenburg|malmö|uppsala|västerås|örebro|linköping|helsingborg|jönköping|norrköping|lund|umeå|gävle"),
    ("NO", "oslo|bergen|trondheim|stavanger|drammen|fredrikstad|kristiansand|sandnes|tromsø|ålesund"),
    ("DK", "københavn|copenhagen|aarhus|århus|odense|aalborg|ålborg|esbjerg|randers|kolding|horsens|vejle|roskilde"),
    ("FI", "helsinki|espoo|tampere|vantaa|oulu|turku|jyväskylä|lahti|kuopio|pori|joensuu"),
    ("IS", "reykjavík|reykjavik|kópavogur|hafnarfjörður|akureyri"),
    ("GR", "athens|thessaloniki|patras|heraklion"),
    ("TR", "istanbul|ankara|izmir|bursa|antalya|konya|adana|gaziantep"),
    ("HR", "zagreb|rijeka|osijek|zadar|pula|dubrovnik"),
    ("SI", "ljubljana|maribor|celje|kranj|koper"),
    ("EE", "tallinn|tartu|narva|pärnu"),
    ("JP", "tokyo|osaka|yokohama|nagoya|sapporo|kobe|kyoto|fukuoka|kawasaki|hiroshima|sendai"),
    ("IN", "mumbai|new delhi|delhi|bengaluru|bangalore|hyderabad|ahmedabad|chennai|kolkata|pune|jaipur|lucknow|kanpur|nagpur|indore|thane|bhopal"),
    ("MX", "mexico city|ciudad de méxico|guadalajara|monterrey|puebla|tijuana|mérida|cancún"),
    ("CO", "bogotá|bogota|medellín|medellin|cali|barranquilla|cartagena de indias"),
    ("AR", "buenos aires|rosario|mendoza|la plata|mar del plata"),
];

/// Names of countries as they write themselves.
pub const COUNTRIES: &[(&str, &str)] = &[
    ("DE", "germany|deutschland"),
    ("FR", "france"),
    ("ES", "spain|españa|espana"),
    ("IT", "italy|italia"),
    ("NL", "netherlands|nederland"),
    ("AT", "austria|österreich"),
    ("CH", "switzerland|schweiz|suisse|svizzera"),
    ("BE", "belgium|belgique|belgië"),
    ("PT", "portugal"),
    ("BR", "brazil|brasil"),
    ("CZ", "czechia|cesko"),
    ("SK", "slovakia|slovensko"),
    ("PL", "poland|polska"),
    ("HU", "hungary|magyarország"),
    ("RO", "romania|românia"),
    ("SE", "sweden|sverige"),
    ("NO", "norway|norge"),
    ("DK", "denmark|danmark"),
    ("FI", "finland|suomi"),
    ("IS", "iceland|ísland"),
    ("GR", "greece"),
    ("TR", "turkey|türkiye"),
    ("HR", "croatia|hrvatska"),
    ("SI", "slovenia|slovenija"),
    ("EE", "estonia|eesti"),
    ("JP", "japan"),
    ("IN", "india"),
    ("MX", "mexico|méxico"),
    ("CO", "colombia"),
    ("AR", "argentina"),
];
