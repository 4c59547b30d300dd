//! `align --figures`: what was read and found, for another program.

use std::fs;

use crate::support::{Ran, run};

#[test]
fn figures_are_written_beside_the_alignment() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("ar.txt"), "التقى الوزيران في بغداد.\nناقش الوفدان ستة ملفات.\n").unwrap();
    fs::write(
        folder.path().join("en.txt"),
        "The ministers met in Baghdad.\nThe delegations discussed six files.\n",
    )
    .unwrap();
    let arguments = ["align", "ar.txt", "en.txt", "-q", "-o", "a.tsv", "--figures", "-"];
    let Ran { code, out, err } = run(folder.path(), &arguments);
    assert_eq!((code, &*err), (0, ""));
    let mut told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(told["figures"]["beads"], 2);
    assert_eq!(told["figures"]["suspicions"], serde_json::json!([]));
    told.as_object_mut().unwrap().remove("figures");
    insta::assert_snapshot!(told, @r#"{"source":{"encoding":"UTF-8","format":"text","name":"ar.txt","warnings":[]},"source_lang":"ar","target":{"encoding":"UTF-8","format":"text","name":"en.txt","warnings":[]},"target_lang":"en"}"#);
    // As a file they are the same, and the alignment is what it is without them.
    run(folder.path(), &["align", "ar.txt", "en.txt", "-q", "-o", "b.tsv", "--figures", "b.json"]);
    assert_eq!(fs::read_to_string(folder.path().join("b.json")).unwrap(), out);
    assert_eq!(
        fs::read(folder.path().join("b.tsv")).unwrap(),
        fs::read(folder.path().join("a.tsv")).unwrap()
    );
    for (place, said) in [("-", "both to go to standard output"), ("none/x.json", "there is no folder none")]
    {
        let Ran { code, out, err } = run(folder.path(), &["align", "ar.txt", "en.txt", "--figures", place]);
        assert_eq!((code, &*out), (2, ""));
        assert!(err.contains(said), "{err}");
    }
}
