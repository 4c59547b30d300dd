//! Which language texts are told to be.

use super::*;

#[track_caller]
fn check(expected: &str, text: &str) {
    assert_eq!(detect_language(text).map_or_else(|| "-".to_owned(), |l| l.to_string()), expected, "{text}");
}

#[test]
fn arabic_script_is_told_apart() {
    check("ar", "قرر مجلس المدينة أمس زيادة عدد الحافلات في الأحياء البعيدة عن المركز.");
    check("ar", "افتتحت المكتبة الجديدة ابوابها امام القراء، وقال المدير إنّ پاريس وگوتنبرگ ارسلتا كتبا.");
    check("ar", "زار الوفد العراقی مدینة البصرة فی الأسبوع الماضی والتقى المحافظ.");
    check(
        "fa",
        "شورای شهر دیروز تصمیم گرفت که شمار اتوبوس\u{200c}ها را در محله\u{200c}های دور از مرکز بیشتر کند.",
    );
    check("fa", "اين كتاب را از كتابخانه گرفتم و به خانه بردم، ولي هنوز آن را نخوانده ام.");
    check("ur", "شہر کی کونسل نے کل فیصلہ کیا ہے کہ دور کے محلوں میں بسوں کی تعداد بڑھائی جائے گی۔");
    check("ckb", "ئەنجومەنی شار دوێنێ بڕیاری دا ژمارەی پاسەکان لە گەڕەکە دوورەکان زیاد بکات.");
    check("ps", "د ښار شورا پرون پرېکړه وکړه چې په لرې سیمو کې د بسونو شمېر زیات کړي.");
}

#[test]
fn scripts_of_one_language_decide() {
    check("zh", "市议会昨天决定增加偏远地区的公交车数量。");
    check("ja", "市議会は昨日、中心部から離れた地区のバスを増やすことを決めた。");
    check("ko", "시의회는 어제 외곽 지역의 버스를 늘리기로 했다.");
    check("th", "สภาเมืองตัดสินใจเมื่อวานนี้ว่าจะเพิ่มจำนวนรถโดยสาร");
    check("el", "Το δημοτικό συμβούλιο αποφάσισε χθες να αυξήσει τα λεωφορεία.");
    check("he", "מועצת העיר החליטה אתמול להגדיל את מספר האוטובוסים בשכונות.");
    check("hi", "नगर परिषद ने कल दूर के मोहल्लों में बसों की संख्या बढ़ाने का निर्णय लिया।");
}

#[test]
fn trigrams_tell_european_languages_apart() {
    check("en", "Yesterday the city council decided to run more buses to the outlying districts.");
    check("de", "Gestern hat der Stadtrat beschlossen, mehr Busse in die entlegenen Viertel zu schicken.");
    check(
        "fr",
        "Hier, le conseil municipal a décidé d'augmenter le nombre des autobus dans les quartiers éloignés.",
    );
    check(
        "es",
        "Ayer el ayuntamiento decidió aumentar el número de autobuses en los barrios alejados del centro.",
    );
    check("hu", "A városi tanács tegnap úgy döntött, hogy több autóbuszt indít a távoli kerületekbe.");
    check(
        "ru",
        "Вчера городской совет решил увеличить число автобусов в отдалённых районах, но это не так просто, как кажется.",
    );
}

#[test]
fn the_larger_part_of_a_mixed_document_decides() {
    check("ar", "أعلنت شركة Example Software Ltd إطلاق النسخة الجديدة من برنامجها في الأسواق العربية.");
    check("en", "The word كتاب means book, and the word مكتبة means library or bookshop in Arabic.");
    check("-", "");
    check("-", "2024 – 12:30 !?");
}

#[test]
fn languages_of_which_nothing_is_known_are_not_named() {
    // Hausa, Yoruba, Malagasy, Esperanto, Latin, Tatar.
    check(
        "-",
        "Dukan mutane suna da yanci kuma suna da daraja. Suna da hankali da tunani, saboda haka ya kamata su yi wa juna.",
    );
    check(
        "-",
        "Gbogbo eniyan ni a bi ni ominira, iyi ati eto kookan won si dogba. Won ni ebun ti laakaye ati ti eri okan.",
    );
    check(
        "-",
        "Teraka afaka sy mitovy zo sy fahamendrehana ny olombelona rehetra. Samy manan-tsaina sy fieritreretana.",
    );
    check(
        "-",
        "Omnes homines dignitate et iuribus liberi et pares nascuntur, rationis et conscientiae participes sunt.",
    );
    check(
        "-",
        "Барлык кешеләр дә азат һәм үз абруйлары һәм хокуклары ягыннан тиң булып туалар. Аларга акыл һәм вөҗдан бирелгән.",
    );
}

#[test]
fn scripts_of_more_languages_name_them() {
    check("ta", "மாநகர சபை நேற்று பேருந்துகளை அதிகரிக்க முடிவு செய்தது.");
    check("te", "నగర మండలి నిన్న బస్సుల సంఖ్యను పెంచాలని నిర్ణయించింది.");
    check("gu", "નગર પરિષદે ગઈકાલે બસોની સંખ્યા વધારવાનો નિર્ણય લીધો.");
    check("kn", "ನಗರ ಸಭೆ ನಿನ್ನೆ ಬಸ್ಸುಗಳ ಸಂಖ್ಯೆ ಹೆಚ್ಚಿಸಲು ನಿರ್ಧರಿಸಿತು.");
    check("km", "ក្រុមប្រឹក្សាក្រុងបានសម្រេចកាលពីម្សិលមិញ។");
    check("lo", "ສະພາເມືອງໄດ້ຕັດສິນໃຈເພີ່ມລົດເມມື້ວານນີ້");
    check("my", "မြို့တော်ကောင်စီက မနေ့က ဘတ်စ်ကားများ တိုးရန် ဆုံးဖြတ်ခဲ့သည်။");
    check("ka", "ქალაქის საბჭომ გუშინ ავტობუსების გაზრდა გადაწყვიტა.");
    check("hy", "Քաղաքային խորհուրդը երեկ որոշեց ավելացնել ավտոբուսները։");
    check("as", "নগৰ পৰিষদে কালি বাছৰ সংখ্যা বঢ়াবলৈ সিদ্ধান্ত লৈছে।");
}

#[test]
fn short_texts_are_english_or_nothing() {
    check("en", "Hello");
    check("en", "Contact us");
    check("en", "Privacy policy");
    check("en", "Sign in");
    check("ar", "مرحبا");
    check("ar", "اتصل بنا");
    check("he", "שלום");
    check("-", "Introduzione");
    check("-", "Kontakt");
}

#[test]
fn code_and_addresses_do_not_count() {
    let code = "function App() {\n  const [count, setCount] = useState(0);\n  return <button onClick={() => setCount(count + 1)}>Click me</button>;\n}\n";
    let tutorial = format!(
        "سنتعلم في هذا الدرس كيف نكتب مكونا بسيطا.\n{code}{code}اضغط الزر useState() ثم انظر ماذا حدث.\n{code}https://react.dev/learn/tutorial-tic-tac-toe\n"
    );
    check("ar", &tutorial);
    check("en", "The name is written on the door, and the key is in the box. عنوان");
}

#[test]
fn a_script_that_a_language_is_not_written_in_contradicts_it() {
    let contradicts = |text: &str, code: &str| contradicting_script(text, &code.parse().unwrap());
    let arabic = "اجتمع مجلس المدينة أمس وقرر زيادة الحافلات.";
    assert_eq!(contradicts(arabic, "en"), Some(Script::Arabic));
    assert_eq!(contradicts(arabic, "ar-IQ"), None);
    assert_eq!(contradicts(arabic, "en-Arab"), None);
    assert_eq!(contradicts(arabic, "und"), None);
    assert_eq!(contradicts(arabic, "xx"), None);
    assert_eq!(contradicts("The council met yesterday and sent more buses.", "ar"), Some(Script::Latin));
    assert_eq!(contradicts("iPhone 15", "ar"), None);
    assert_eq!(contradicts("أعلنت شركة Example Software Ltd إطلاق نسخة", "en"), None);
    assert_eq!(contradicts("市議会は昨日、地区のバスを増やすことを決めた。", "zh"), None);
    assert_eq!(contradicts("Gradsko vijeće je jučer odlučilo povećati broj.", "sr"), None);
}

#[test]
fn a_short_text_leans_on_the_other_side() {
    assert_eq!(language_beside("Introduction", &Lang::arabic()), Some(Lang::english()));
    assert_eq!(language_beside("Introduction", &"fi".parse().unwrap()), None);
    assert_eq!(language_beside("Quarterly sales figures", &Lang::arabic()), Some(Lang::english()));
}

#[test]
fn sentences_of_a_language_that_is_not_known_are_not_called_english() {
    for text in [
        "Marcus in foro cum amicis ambulat. Pueri libros legunt et magister eos laudat. Cras omnes domum redibunt.",
        "Izingane zidlala ngaphandle namhlanje. Umama upheka ukudla kwakusihlwa. Ubaba usebenza edolobheni.",
        "Bocah-bocah padha dolanan ing latar. Ibu masak sega kanggo mangan bengi. Bapak lunga menyang pasar.",
        "Vi tog bussen ind til byen tidligt. Min mor havde lavet mad til os alle. Bagefter gik vi hjem igen.",
        "Blorim tavaka seldo prin. Karu tamel ovisk drenta. Mirop selkan tavu.",
    ] {
        assert_eq!(language_beside(text, &Lang::arabic()), None, "{text}");
    }
}

#[test]
fn letters_that_a_language_lacks_speak_against_it() {
    check("-", "Wi-Fi");
    // Hausa and Esperanto, of which nothing is known.
    check("-", "Yara suna wasa a waje yau. Uwata ta dafa abinci da yamma. Ya tafi kasuwa da safe.");
    check("-", "La infanoj ludas en la korto. Mia patrino kuiras por ni kaj poste ni iras al la parko kune.");
}
