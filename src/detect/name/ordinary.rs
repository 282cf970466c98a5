//! Words that names are told from in running text: ordinary words that begin sentences, words of places and firms, ranks, and
//! given names that are ordinary words or places as well.
//!
//! Origin: written for this project as facts of common knowledge. Letters are folded as in [`given`](super::given).

/// Words that are no part of a name though they are written with a capital.
pub(super) const COMMON: &[&str] = &[FUNCTION_WORDS, CALENDAR, PEOPLES, OF_FORMS, ABROAD];

const FUNCTION_WORDS: &str = "
    a about above according across actually after again against all almost along already also although always am among an and another any
    anybody anyone anything are aren around as ask at away back be because been before behind being below beside besides best better
    between both but by came can cannot could day days did didn do does doesn doing don done down during each either else enough even ever
    every everybody everyone everything few finally first five following for four from further get gets getting go goes going good got great
    had has have having he hello help hence her here hers herself hey hi him himself his how however i if in including indeed inside
    instead into is isn it its itself just keep last later least less let like look made make makes many maybe me meanwhile might mine
    more moreover most much must my myself near nearly neither never nevertheless new next no nobody none nor not nothing now of off often
    ok okay old on once one only onto or other others otherwise our ours out outside over own per perhaps please previous put rather really
    right same see seen several shall she should since six so some somebody someone something sometimes soon still such sure take
    taken ten than thank thanks that the their them then there therefore these they thing things think this those though three through
    throughout thus to today together tomorrow tonight too toward towards two under unless unlike until up upon us use used using usually
    very via want was wasn way we well went were weren what whatever when whenever where wherever whether which while who whoever whole
    whom whose why with within without won would yes yesterday yet you your yours yourself welcome congratulations sorry regarding re
    attention originally eventually recently currently nowadays folks guys friends world lord god sir madam initially early late born died based known named called located founded written directed produced";

const CALENDAR: &str = "
    january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri spring winter autumn christmas easter
    ramadan halloween thanksgiving januar februar marz juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonntag
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado
    domingo janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi
    dimanche";

const PEOPLES: &str = "
    african american argentine argentinian asian australian austrian belgian brazilian british bulgarian canadian catholic celtic chilean
    chinese christian colombian croatian cuban czech danish dutch egyptian english estonian european filipino finnish french german greek
    hebrew hindu hispanic hungarian indian indonesian iranian iraqi irish islamic israeli italian japanese jewish kenyan korean latin
    latvian lithuanian malaysian mexican moroccan muslim nigerian norwegian pakistani persian peruvian philippine polish portuguese protestant
    roman romanian russian scottish serbian slavic soviet spanish swedish swiss syrian taiwanese thai turkish ukrainian vietnamese welsh
    afghanistan africa america argentina asia australia austria belgium brazil britain bulgaria canada china colombia croatia cuba
    denmark egypt england europe finland france germany greece hungary iceland india indonesia iran iraq ireland italy japan kenya korea
    malaysia mexico morocco nepal netherlands nigeria norway pakistan peru philippines poland portugal romania russia scotland serbia
    singapore spain sweden switzerland syria taiwan thailand turkey ukraine vietnam wales zealand alabama alaska arizona arkansas california
    colorado connecticut delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
    minnesota mississippi missouri montana nebraska nevada hampshire jersey mexico york dakota ohio oklahoma oregon pennsylvania rhode
    tennessee texas utah vermont wisconsin wyoming boston chicago detroit london paris berlin madrid rome tokyo moscow beijing manila
    toronto angeles francisco";

/// Words of forms, messages and programs that stand before or behind a name.
const OF_FORMS: &str = "
    address age amount application attached attn balance bank bill birth card case chart check city claim class client code comments
    complaint confidential contact copy country customer data date dear death department description details diagnosis discharge dob doctor document
    driver email employee employer encounter error event exam failed fax file findings form found full gender history id iban impression info
    insurance internal invoice invoiced issue item job key label license line list loading location login male female married medical medication member
    message mobile mrn name national no note notes npi number occupation office order page passport password patient payee payer payment pdf
    phone photo plan policy postal prescription procedure profile progress project provider published re received record ref reference
    registered registration release report request residence response result results resume retrieved review route sample schedule score section
    security sender server sex shipped shipping signature signed single site social source specimen ssn start started starting state
    status stop street subject success summary support surgery swift table task tax team tel telephone test the ticket time title total
    transaction transfer type unknown update updated user username value vendor verified version visa visit warning website zip";

/// Ordinary words of other languages that begin sentences.
const ABROAD: &str = "
    der die das den dem des ein eine einen und oder aber nicht mit von zu zum zur bei nach vor seit fur auf aus an im am ich du er sie es wir
    ihr mein meine sein seine unser sehr hallo liebe lieber geehrte geehrter bitte danke wenn weil dass als wie was wer wo heute gestern
    el la los las un una unos unas y o pero no con de del al por para sin sobre su sus mi mis tu es son esta este esto estimado estimada
    hola gracias buenos buenas dias tardes noches si cuando donde que quien como hoy le les une et ou mais ne pas avec du dans sur sous par
    pour ce cette ces mon ma mes son sa ses notre votre bonjour bonsoir merci cher chere je nous vous ils elles il elle quand qui que
    lo gli uno ed ma non con da nel nella sul per tra fra mio mia suo sua ciao buongiorno gentile caro cara grazie quando dove chi che
    o os as um uma uns e ou mas nao com em no na nos nas por para seu sua meu minha ola obrigado obrigada prezado prezada quando onde quem
    het een en of maar niet met van voor bij uit aan in op te ik jij hij zij wij jullie mijn zijn haar ons onze beste geachte dag hoi bedankt
    ang ng sa mga ay at si ni kay ako ikaw siya kami tayo kayo sila hindi para pero kung";

/// Words that, behind or before a name, make it that of a place, a work, an event or a body.
pub(super) const PLACE: &str = "
    abbey academy act airlines airport airways album alley arena army arts assembly avenue award awards band bar basin battalion battle bay
    beach blvd boulevard brewery bridge brigade broadcasting brothers bros building bureau campus canal canyon cape cathedral cemetery
    championship championships channel chapel church cinema circle city civic club coast college commission committee company conference
    congress convention corps council county court creek crescent cup dam district division dr drive dynasty east empire entertainment
    estate express falls farm farms fc festival field fields foundation fort forest games garden gardens gallery glacier glen grand gulf
    hall harbor harbour heights high highway hills history hospital hotel house institute international island islands isle isles
    junction kingdom labs lake lakes lane league library lighthouse lines locks lodge magazine manor marathon memorial mill mills mine
    mines monastery motors mount mountain mountains museum music national navy news newspaper north northern ocean open opera orchestra
    palace parish park parliament parkway party pass path peak peninsula pictures pier place plains plant plaza point pond port post
    press prison prize province quarterly races racing radio railroad railway range records regiment region republic reserve reservoir
    resort review revolution ridge rise river road room royal school sea series shire shore shores show society song soundtrack south southern
    square stadium station street studios summit synagogue tavern temple terrace territory theater theatre times tower town township track
    trail transit treaty trophy tunnel union united university valley view village vineyard vineyards war ward wars way west western wharf
    wing winery woods works zoo bach strasse platz gasse weg rue place quai calle avenida plaza via piazza rua praca straat laan barangay
    gym casino exchange transport organisation organization playfield playhouse story federal correctional complex cups research laboratory observatory
    fc afc united rovers wanderers athletic stakes derby regatta rally rd ave blvd lane court mansion villa villas cottage ranch plantation
    healthcare financial analytics dynamic dynamics amalgamated consolidated capital ventures logistics pharma pharmaceuticals biotech energy worldwide global
    software systems networks insurance properties realty electric electronics chemical chemicals steel brands outfitters provisions supply equipment
    disease syndrome algorithm theorem law effect equation method principle scale index constant number test theory
    saint st ste san santa sankt los las el new old port lower upper greater mt ft";

/// Ranks and offices that stand before a surname.
pub(super) const RANK: &str = "
    president senator governor mayor captain capt colonel col general gen major maj lieutenant lt sergeant sgt corporal private admiral
    commander judge justice coach chancellor minister ambassador congressman congresswoman representative councillor councilman bishop
    archbishop cardinal pope reverend pastor rabbi imam sheikh father sister brother mother aunt uncle grandpa grandma king queen prince
    princess duke duchess earl baron baroness count countess lord lady dame sir professor prof doctor dr nurse officer detective inspector
    constable agent sheriff marshal director attorney engineer mr mrs ms miss herr frau monsieur madame mademoiselle mlle mme senor senora
    senorita senhor senhora signor signora signorina dottor dottore dottoressa meneer mevrouw pan pani datuk tan sri ginoong ginang aling mang kuya ate";

/// Given names and surnames that are ordinary words, places, months or brands as well.
pub(super) const WEAK: &str = "
    alexandria america amber amparo amor an angel angeles angus art arlington asia august aurora austin autumn avery
    bella belle berry bill bird bishop black blanca blaze bliss bo bond bonifacio boston brand brandy brent brisa brook brooke brooklyn
    brown buck bush butler camille camden candy carbon caridad carolina carter case cash casper chad chance chandler charity
    charlotte chase chelsea cherry china christian chun city clay cliff clement cleveland coco cody colon columbia concepcion concord
    constance cook coral corazon cruz crystal cuba cyan dale dakota dallas damascus dawn day dean deb delta denver derby destiny devi dick dixie
    dolores don dove drew duke duncan dustin earl early ebony eden eko elder emerald english esperanza estrella eve ever
    faith fanny father fe felicity fidel field fisher fleur flora florence florida ford forest fortune frankie frost gale garcia garden
    gene genesis georgia ginger gloria golden good grace grant gray green guadalupe guy ha hai harmony harper harvest haven hazel
    heath heather heaven hill ho holiday holly hong honor hope houston hunter iman imperial independence india indiana inez iran iris
    isla israel ivory ivy jackson jade jan java jay jersey jesus jet jewel jordan joy juba julio june juniper justice
    kai kale kent kenya king kingston kitty lake lane laurel lee lei levi liberty lily lima lin lincoln ling lin logan lola london
    long lorenzo lotus lourdes love lucky luna luz mabini made mae magnolia mai maia major malcolm malta manila marina marine marino mark
    marsh mason may me melody memphis mercedes mercury mercy merit meta michigan midori miles milagros milan min
    ming minh minor miracle mo modesto mona monte montana moon more morgan moses my myrtle nam natividad nevada newton ni nike nil
    noble noon north norman nova odessa olive olympia opal orlando pacific pansy paris parker pat patience pax paz pearl penny pepper perla
    perpetua peso phoenix pierce pilar piper ping placido poppy porter precious preston price prince prudence quang queen rain raja ram rani
    rea red regina reed remedios ren rex rich rio river rock rocky roman rosario rose royal ruby rusty     sage salvador san sandy santa santiago santos savannah scarlett scout selena shannon shelby sierra sol soledad son song
    sonny sky skye socorro sonora spring star sterling stone storm story su summer sun sunny sunshine sydney tala taylor temple ten texas thai than
    thang the thi tiffany tiger to tori toto toulouse trang tri trinidad trinity troy true tu tulip tyler tyrone union
    union unity valencia valentine valentin van venice venus verona victor victoria victory vienna viet vince vine violet virginia vista
    wade walker ward warren washington waters way wayan wayne wells west wei white wick will winter wolf wood woods yang yen york young yu yung zion
    domingo ban banks baker
    cross church page park parks pope port post potter rivers roads sharp short singer small snow sparks speed street strong summers swift taylor
    harrison salem sherman sheridan hudson clarence chester lancaster warwick bradford lawton raleigh carson darwin wellington melbourne
    albany everett trump underwood wall weaver west wheeler wise carpenter mason miller smith fields flowers forest gates hall house castle bridges brooks
    french german england holland ireland scotland wales spain burns bell best blood booth bowl boyd bright cannon chan cherry christmas clinton
    ace ade adi ami ani archer ari armani athena augusta augustin barclay benz bland block bloom bong borden bourne branch bravo bunch
    burr cable campbell campos casas champion chancellor chanel chi childs chin cho chung clemente constable coons corona costa cotton
    couch craft crews crook crouch cruise custer dai dam dan dang das dee dey diamond diana dill dowd eagle earnest ella esa esi
    espiritu evers ewa fan fang ferrari finch flint flores foss fox fuentes gallant gan garland gong goss grady granger guan guest
    hand hang hanks hao harden harms harp hatch havens hawk heard heinz honda hooks hop hopper hurt husband ion jang jin
    joiner judge julia jun kawasaki key khan kinder kit knight kong lac lai lam lamb lan lang lark lau law lemon lemons len
    leon leone lie lieu lilly loan longo low luk man manning mao marks masters maverick mead means medina mei mercer messiah milo
    misty modest montes moody moss mou nag nie nieto nieves nix noh oakes odd orion pace pai pal palma pan pang pastor pastora peace
    person phi pike pitts pol polk pool posey powers priest primo princess puente purdy qin quan quarles quick rains ransom raven read
    rector riddle rim robin rod roma roundtree rue rush rust sal salmon samson sands sang savage scales seals sears segovia segundo
    self sellers sen sevilla shields shore sina skinner skip slaughter smart spear spears spicer springer stark starling steed stern
    stocks stout strain strand stubbs sue suzuki swain swan sweat sweet tad tai tak tam tan tanner tao tea tin toledo ton tran tubbs
    turk turner twain ung usher vance velvet verity vest villa wadsworth wan ware warner weathers weeks wen wit woo worth wren yap
    yates yaw yin yuan zeus
    alla baron bing blank bristol brittany christi come cope corpus cui darling deacon deal deep della dot ece edit elif ender engin
    falcon fern floor foo freed goto grey hammer harder hart holder hood isa kano knoll lennox lex lies lim link little loc lone lotta
    luoyang lyric macy magi mara marlin marquis mate max medley meet merle param peer prune rand saffron said sane satu shiloh shim
    singleton slot steward stock sultan terra tone trace tram urban willow yoga zephyr
    ales asta ball beat binder buster cadence cale cinco cousin cuc desire desta divine els fedora forte gal hamm harm hung hunt ids
    joke lackey lama lovely mana manca nada nine novi nur petty pim pinky poli reden rota ruff rung sheets smiley sora teal testa
    thorn ting titik toon tor unto ville walls wanna wilde worthy";
