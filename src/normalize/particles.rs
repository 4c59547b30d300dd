//! The particles that Arabic writes onto a word, and the article: و ف, ب ك ل, س, ال.
//!
//! In: a folded word. Out: the forms in which it may stand in a text. Guarantee: pure; the word itself is among them; if a
//! stem of four letters or more is written with particles in two ways, each of the two has the other among its forms.
//!
//! The letters of particles are letters of words, too: التزام has no article, لجنة no ل, and والدين is parents or *and the
//! religion*. What stands where is not known here, so a word is read in every way that spelling allows, and has the forms
//! of each reading.

use std::collections::BTreeSet;

use super::chars::is_arabic_word;

/// Particles that may stand before all others.
const CONJUNCTIONS: [&str; 3] = ["", "و", "ف"];
/// Particles before a word, or before its article.
const PREPOSITIONS: [&str; 3] = ["", "ب", "ك"];

/// Letters at least that are left of a word when it is read as one with particles and no article. A particle is one letter,
/// and shorter words have that letter as their own more often than not: وزير, لجنة, فكرة, ولاية.
const LEAST_BEHIND_PARTICLE: usize = 4;
/// Letters at least that are left behind an article.
const LEAST_BEHIND_ARTICLE: usize = 2;

/// Words that never have the article, though they look like what is left of a word without it (الآن is no ان, الله no له).
const WITHOUT_ARTICLE: [&str; 24] = [
    "ان", "له", "لك", "لي", "به", "بك", "بي", "ام", "او", "اي", "ما", "لا", "من", "عن", "في", "لم", "لن",
    "قد", "هل", "ذي", "تي", "يه", "يك", "هم",
];

/// Words of which the article is a part, and which yet lose its alef behind ل, as in لله and للذي.
const WITH_OWN_ARTICLE: [&str; 4] = ["الله", "الذي", "التي", "الان"];

/// The forms of a folded word, in order: with and without the particles and the article that are written onto Arabic words,
/// for each way in which it can be read as one that has some. Of words in other scripts the word alone.
pub(crate) fn attached_forms(folded: &str) -> Vec<String> {
    if !is_arabic_word(folded) {
        return vec![folded.to_owned()];
    }
    let mut forms = BTreeSet::new();
    for reading in readings(folded) {
        attach(&reading, &mut forms);
    }
    forms.insert(folded.to_owned());
    forms.into_iter().collect()
}

/// A folded Arabic word, taken as it is, with all particles and the article, in order.
pub(crate) fn with_particles(folded: &str) -> Vec<String> {
    let mut forms = BTreeSet::new();
    attach(folded, &mut forms);
    forms.into_iter().collect()
}

/// Adds `word` with everything that can be written onto it.
fn attach(word: &str, forms: &mut BTreeSet<String>) {
    let article = !WITHOUT_ARTICLE.contains(&word);
    let own = WITH_OWN_ARTICLE.contains(&word).then(|| &word["ال".len()..]);
    for conjunction in CONJUNCTIONS {
        let mut add = |parts: [&str; 2]| forms.insert([conjunction, parts[0], parts[1]].concat());
        for preposition in PREPOSITIONS {
            add([preposition, word]);
            if article {
                add([&[preposition, "ال"].concat(), word]);
            }
        }
        add(["ل", word]);
        if article {
            // Of words with a ل of their own one of the three is left out, which is the form with ل alone.
            add(["لل", word]);
        }
        if let Some(own) = own {
            add([before_article(own), own]);
        }
        if may_be_imperfect(word) {
            add(["س", word]);
        }
    }
}

/// The words that `folded` may be with particles, itself among them.
fn readings(folded: &str) -> BTreeSet<String> {
    let mut readings = BTreeSet::from([folded.to_owned()]);
    let mut read = |rest: &str, least: usize| {
        if rest.chars().count() >= least {
            readings.insert(rest.to_owned());
        }
    };
    let mut behind_article = |rest: &str| {
        if !WITHOUT_ARTICLE.contains(&rest) {
            read(rest, LEAST_BEHIND_ARTICLE);
        }
    };
    let behind_conjunction: Vec<&str> =
        CONJUNCTIONS.iter().filter_map(|particle| folded.strip_prefix(particle)).collect();
    for word in &behind_conjunction {
        for rest in PREPOSITIONS.iter().filter_map(|particle| word.strip_prefix(particle)) {
            if let Some(rest) = rest.strip_prefix("ال") {
                behind_article(rest);
            }
        }
        // Of three ل two are written: للغة is ل, the article and لغة, and الله with ل is لله.
        if let Some(rest) = word.strip_prefix("لل") {
            behind_article(rest);
            behind_article(&["ل", rest].concat());
        }
    }
    for word in &behind_conjunction {
        for rest in PREPOSITIONS.iter().filter_map(|particle| word.strip_prefix(particle)) {
            read(rest, LEAST_BEHIND_PARTICLE);
        }
        if let Some(rest) = word.strip_prefix('ل') {
            read(rest, LEAST_BEHIND_PARTICLE);
        }
        if let Some(rest) = word.strip_prefix('س').filter(|rest| may_be_imperfect(rest)) {
            read(rest, LEAST_BEHIND_PARTICLE);
        }
        for own in WITH_OWN_ARTICLE {
            let own_behind = &own["ال".len()..];
            if word.strip_prefix(before_article(own_behind)) == Some(own_behind) {
                read(own, LEAST_BEHIND_PARTICLE);
            }
        }
    }
    readings
}

/// What ل and the article are before `word`: of three ل two are written.
fn before_article(word: &str) -> &'static str {
    if word.starts_with('ل') { "ل" } else { "لل" }
}

/// Whether `word` begins as verbs do behind the س of the future.
fn may_be_imperfect(word: &str) -> bool {
    word.starts_with(['ي', 'ت', 'ن', 'ا'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn finds(word: &str, other: &str) -> bool {
        attached_forms(word).iter().any(|form| form == other)
    }

    #[test]
    fn every_form_of_a_stem_finds_every_other() {
        for family in [
            "كتاب والكتاب وكتاب بكتاب للكتاب فبالكتاب كالكتاب وكالكتاب فللكتاب الكتاب",
            // Their first letters look like an article, or like half of one.
            "التزام الالتزام للالتزام لالتزام والتزام بالالتزام كالالتزام فالالتزام وبالالتزام",
            "التقي والتقي فالتقي سالتقي",
            "المانيا والمانيا بالمانيا لالمانيا",
            "الكتروني الالكتروني للالكتروني والكتروني",
            "لجنه اللجنه للجنه باللجنه كاللجنه وللجنه فاللجنه",
            "لغه اللغه للغه واللغه باللغه",
            "والدين الوالدين بالوالدين للوالدين ووالدين",
            // A stem of two letters with the article.
            "حق الحق للحق بالحق والحق",
            "الله والله بالله لله فلله ولله",
            "الذي للذي والذي بالذي وللذي",
            "يكتبون سيكتبون وسيكتبون فيكتبون ليكتبون",
        ] {
            for one in family.split(' ') {
                for other in family.split(' ') {
                    assert!(finds(one, other), "{one} does not find {other}");
                }
            }
        }
    }

    #[test]
    fn letters_of_a_short_word_are_its_own() {
        for (word, other) in [
            ("وزير", "زير"),
            ("لجنه", "الجنه"),
            ("فكره", "كره"),
            ("ولايه", "ايه"),
            ("وكاله", "الاله"),
            ("الان", "ان"),
            ("ان", "الان"),
            ("الله", "له"),
            ("سكان", "كان"),
        ] {
            assert!(!finds(word, other), "{word} finds {other}");
        }
        assert_eq!(attached_forms("book"), ["book"]);
    }

    #[test]
    fn forms_are_few() {
        let most = "كتاب التزام وبالوالدين للالتزام والدين فللالتزام بالبلاد وللولايات ولكالبال"
            .split(' ')
            .map(|word| (attached_forms(word).len(), word))
            .max();
        assert!(most.is_some_and(|(most, _)| most <= 150), "{most:?}");
    }

    proptest! {
        #[test]
        fn what_finds_is_found(
            stem in "[البكوفلستيهن]{4,7}",
            one in any::<prop::sample::Index>(),
            other in any::<prop::sample::Index>(),
        ) {
            let forms = with_particles(&stem);
            let (one, other) = (one.get(&forms), other.get(&forms));
            prop_assert!(finds(one, other), "{} {} {}", stem, one, other);
            prop_assert!(finds(other, one), "{} {} {}", stem, other, one);
            prop_assert!(attached_forms(one).len() <= 200, "{}", attached_forms(one).len());
        }

        #[test]
        fn each_reading_is_the_word_again(word in "[البكوفلستيهن]{1,9}") {
            let forms = attached_forms(&word);
            prop_assert!(forms.contains(&word));
            prop_assert!(forms.windows(2).all(|two| two[0] < two[1]));
            for reading in readings(&word) {
                prop_assert!(with_particles(&reading).contains(&word), "{}", reading);
            }
        }
    }
}
