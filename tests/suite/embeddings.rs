//! Sentence embeddings from a model folder, with tiny models made here. Without the feature `embeddings` what is
//! said then is tested, and the rest is left out: `cargo test --features embeddings --test suite embeddings::`.

use std::fs;
use std::path::Path;

use crate::support::{Ran, run};

/// Two documents whose texts are of like length: nothing but a model tells to which source segment the second
/// target segment belongs.
fn documents(path: &Path) {
    fs::write(path.join("s.txt"), "kalo mi re\nsudo re lo\n").unwrap();
    fs::write(path.join("t.txt"), "quist an o\nblord ey u\nfrump ol i\n").unwrap();
}

fn align(path: &Path, extra: &[&str]) -> Ran {
    let fixed = ["align", "s.txt", "t.txt", "--source-lang", "hu", "--target-lang", "fi", "--presegmented"];
    let format = if extra.contains(&"--format") { &[][..] } else { &["--format", "beads"][..] };
    run(path, &[&fixed[..], format, &["--output", "-"], extra].concat())
}

#[cfg(not(feature = "embeddings"))]
#[test]
fn without_the_feature_the_option_says_what_to_do() {
    // Not by println!, which shows only when a test fails.
    let line = "left out: models for sentence embeddings (cargo test --features embeddings --test suite embeddings::)\n";
    std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    documents(folder.path());
    let ran = align(folder.path(), &["--embedding-model", "model"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err, @"
    error: this muqabala was built without models for sentence embeddings, which --embedding-model needs

    hint: build it with them: `cargo build --release --features embeddings`;
          or give vectors made by another program: --overlaps-source, --embeddings-source, --overlaps-target, --embeddings-target
    ");
}

#[cfg(feature = "embeddings")]
mod with_models {
    use super::*;
    use crate::support::models::{
        Gives, Tensor, floats, network, safetensors, tokenizer, write_network, write_table,
    };
    use muqabala::score::Encoded;

    const X: [f32; 3] = [1.0, 0.1, 0.1];
    const Y: [f32; 3] = [0.1, 1.0, 0.1];
    const Z: [f32; 3] = [0.1, 0.1, 1.0];

    /// The words of [`documents`], so that the second target segment means what the first source segment does.
    const FIRST: [(&str, [f32; 3]); 5] = [("kalo", X), ("sudo", Y), ("quist", X), ("blord", X), ("frump", Y)];
    /// The same, but it means what the second source segment does.
    const SECOND: [(&str, [f32; 3]); 5] =
        [("kalo", X), ("sudo", Y), ("quist", X), ("blord", Y), ("frump", Y)];

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        documents(folder.path());
        folder
    }

    fn beads(ran: &Ran) -> &str {
        assert_eq!(ran.code, 0, "{}", ran.err);
        &ran.out
    }

    #[test]
    fn a_table_of_words_decides_where_nothing_else_does() {
        let folder = folder();
        let path = folder.path();
        write_table(&path.join("second"), &SECOND);
        write_table(&path.join("first"), &FIRST);
        let second = align(path, &["--embedding-model", "second"]);
        assert_eq!(beads(&second), "0\t0\n1\t1,2\n");
        let first = align(path, &["--embedding-model", "first"]);
        assert_eq!(beads(&first), "0\t0,1\n1\t2\n");
        let without = align(path, &["--embedding-model", "first", "--without", "embedding"]);
        assert_eq!(beads(&without), beads(&align(path, &[])));
    }

    #[test]
    fn so_does_a_network() {
        let folder = folder();
        let path = folder.path();
        for gives in [Gives::Tokens, Gives::Text] {
            write_network(&path.join("second"), &SECOND, gives);
            write_network(&path.join("first/onnx"), &FIRST, gives);
            // As exported by sentence-transformers: the tokenizer stands above the network.
            fs::rename(path.join("first/onnx/tokenizer.json"), path.join("first/tokenizer.json")).unwrap();
            let second = align(path, &["--embedding-model", "second"]);
            assert_eq!(beads(&second), "0\t0\n1\t1,2\n");
            let first = align(path, &["--embedding-model", "first"]);
            assert_eq!(beads(&first), "0\t0,1\n1\t2\n");
        }
    }

    #[test]
    fn the_evidence_says_how_near_the_texts_are() {
        let folder = folder();
        let path = folder.path();
        write_table(&path.join("model"), &SECOND);
        let jsonl = align(path, &["--embedding-model", "model", "--format", "jsonl"]);
        let first: serde_json::Value = serde_json::from_str(jsonl.out.lines().next().unwrap()).unwrap();
        let evidence = first["evidence"].as_array().unwrap();
        let item = evidence.iter().find(|e| e["kind"] == "embedding").unwrap();
        assert_eq!(
            item["matches"],
            serde_json::json!([{"value": "cosine 1.00", "source": "", "target": ""}])
        );
        assert!(item["cost"].as_f64().unwrap() < -1.0, "{item}");
        let sum: f64 = evidence.iter().map(|e| e["cost"].as_f64().unwrap()).sum();
        assert!((sum - first["cost"].as_f64().unwrap()).abs() < 1e-3);
        let text = align(path, &["--embedding-model", "model", "--format", "text"]);
        assert!(text.out.contains("embeddings agree (cosine 1.00)"), "{}", text.out);
        // A project keeps it, and shows it again.
        let saved = align(path, &["--embedding-model", "model", "--save", "p.muq"]);
        assert_eq!(saved.code, 0, "{}", saved.err);
        let exported = run(path, &["export", "p.muq", "--format", "text", "--output", "-"]);
        assert!(exported.out.contains("embeddings agree (cosine 1.00)"), "{}{}", exported.out, exported.err);
    }

    #[test]
    fn the_number_of_threads_changes_no_byte() {
        let folder = folder();
        let path = folder.path();
        let lines =
            |word: &str| (0..90).map(|i| format!("{word} w{} w{}\n", i % 7, i % 31)).collect::<String>();
        fs::write(path.join("s.txt"), lines("kalo")).unwrap();
        fs::write(path.join("t.txt"), lines("quist")).unwrap();
        let names: Vec<String> = (0..31).map(|i| format!("w{i}")).collect();
        let vector = |i: usize| [(i as f32).sin(), (i as f32 * 1.7).cos(), 0.3 + i as f32 / 40.0];
        let words: Vec<(&str, [f32; 3])> =
            names.iter().enumerate().map(|(i, name)| (name.as_str(), vector(i))).collect();
        write_table(&path.join("table"), &words);
        write_network(&path.join("network"), &words, Gives::Tokens);
        for model in ["table", "network"] {
            let with = |threads: &str| {
                let mut command = crate::support::program();
                let fixed =
                    ["align", "s.txt", "t.txt", "--presegmented", "--format", "jsonl", "--output", "-"];
                command.current_dir(path).env("RAYON_NUM_THREADS", threads).args(fixed);
                command.args(["--embedding-model", model, "--source-lang", "hu", "--target-lang", "fi"]);
                let output = command.output().unwrap();
                let messages = String::from_utf8_lossy(&output.stderr);
                assert!(
                    output.status.success(),
                    "{model}, {threads} threads: {:?} {messages}",
                    output.status
                );
                String::from_utf8(output.stdout).unwrap()
            };
            let one = with("1");
            assert_eq!(one.matches("cosine").count(), one.matches("\"embedding\"").count());
            assert!(one.matches("cosine").count() > 60, "{one}");
            assert_eq!(one, with("2"));
            assert_eq!(one, with("8"));
        }
    }

    /// What the program says of the folder `model`.
    fn refused(path: &Path) -> String {
        let ran = align(path, &["--embedding-model", "model"]);
        assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
        ran.err.lines().next().unwrap_or_default().to_owned()
    }

    /// What the program says of it after all else, such as a word of the library's.
    fn refused_at_last(path: &Path) -> String {
        let ran = align(path, &["--embedding-model", "model"]);
        assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
        ran.err.lines().find(|line| line.starts_with("error: ")).unwrap_or(&ran.err).to_owned()
    }

    #[test]
    fn a_folder_that_is_no_model_is_refused() {
        let folder = folder();
        let path = folder.path();
        let model = path.join("model");
        let ran = align(path, &["--embedding-model", "model"]);
        assert_eq!(ran.code, 2);
        insta::assert_snapshot!(ran.err, @"
        error: model: there is no such folder

        hint: --embedding-model takes a folder on this computer; nothing is fetched
        ");
        fs::create_dir(&model).unwrap();
        insta::assert_snapshot!(refused(path), @"error: model: there is no model.onnx or model.safetensors in it");
        write_table(&model, &SECOND);
        fs::remove_file(model.join("tokenizer.json")).unwrap();
        insta::assert_snapshot!(refused(path), @"error: model/tokenizer.json: the file is missing, and the model needs it");
        let broken = r#"{"model": {"type": "Unigram", "vocab": []}, "normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}}"#;
        fs::write(model.join("tokenizer.json"), broken).unwrap();
        assert!(refused_at_last(path).starts_with("error: model/tokenizer.json: "));
        fs::write(model.join("tokenizer.json"), "{\"version\"").unwrap();
        insta::assert_snapshot!(refused(path), @"error: model/tokenizer.json: EOF while parsing an object at line 1 column 10");
        let both = align(path, &["--embedding-model", "model", "--overlaps-source", "s.txt"]);
        assert_eq!(both.code, 2);
        assert!(both.err.contains("cannot be used with"), "{}", both.err);
    }

    #[test]
    fn tables_that_cannot_be_used_are_refused() {
        let folder = folder();
        let path = folder.path();
        let model = path.join("model");
        fs::create_dir(&model).unwrap();
        fs::write(model.join("tokenizer.json"), tokenizer(&["kalo"])).unwrap();
        let refused = |bytes: &[u8]| {
            fs::write(model.join("model.safetensors"), bytes).unwrap();
            refused(path)
        };
        let good = floats(&[X, Y]);
        let table = |name: &'static str, dtype: &'static str, shape: &[usize], bytes: &[u8]| {
            safetensors(&[(name, dtype, shape.to_vec(), bytes.to_vec())])
        };
        let whole = table("embeddings", "F32", &[2, 3], &good);
        insta::assert_snapshot!(refused(&whole[..whole.len() - 5]), @"error: model/model.safetensors: it is no safetensors file: incomplete metadata, file not fully covered");
        insta::assert_snapshot!(refused(&whole[..20]), @"error: model/model.safetensors: it is no safetensors file: invalid header length");
        insta::assert_snapshot!(refused(b""), @"error: model/model.safetensors: it is no safetensors file: header too small");
        insta::assert_snapshot!(refused(&table("encoder.weight", "F32", &[2, 3], &good)), @"error: model/model.safetensors: it has no matrix `embeddings`; if these are the weights of a network, save it as model.onnx");
        insta::assert_snapshot!(refused(&table("embeddings", "I64", &[1, 3], &good)), @"error: model/model.safetensors: the matrix `embeddings` has numbers of type I64; F64, F32, F16, BF16 and I8 can be read");
        insta::assert_snapshot!(refused(&table("embeddings", "F32", &[6], &good)), @"error: model/model.safetensors: `embeddings` has the shape [6]; a matrix of tokens and numbers is needed");
        insta::assert_snapshot!(refused(&table("embeddings", "F32", &[3, 2, 1], &good)), @"error: model/model.safetensors: `embeddings` has the shape [3, 2, 1]; a matrix of tokens and numbers is needed");
        insta::assert_snapshot!(refused(&table("embeddings", "F32", &[0, 3], b"")), @"error: model/model.safetensors: the matrix `embeddings` is empty: 0 × 3");
        insta::assert_snapshot!(refused(&table("embeddings", "F32", &[1, 3], &good[..12])), @"error: model/model.safetensors: the matrix `embeddings` has rows for 1 tokens, but model/tokenizer.json has 2");
        let nan = floats(&[X, [0.0, f32::NAN, 0.0]]);
        insta::assert_snapshot!(refused(&table("embeddings", "F32", &[2, 3], &nan)), @"error: model/model.safetensors: row 1 of the matrix `embeddings` holds a number that is not finite");
        let with = |name: &'static str, dtype: &'static str, shape: usize, bytes: Vec<u8>| {
            safetensors(&[("embeddings", "F32", vec![2, 3], good.clone()), (name, dtype, vec![shape], bytes)])
        };
        let mapping = [0i64, 2].iter().flat_map(|x| x.to_le_bytes()).collect();
        insta::assert_snapshot!(refused(&with("mapping", "I64", 2, mapping)), @"error: model/model.safetensors: the list `mapping` names a row that the matrix `embeddings` does not have");
        insta::assert_snapshot!(refused(&with("weights", "F32", 1, vec![0; 4])), @"error: model/model.safetensors: the list `weights` is for 1 tokens, but model/tokenizer.json has 2");
    }

    #[test]
    fn networks_that_cannot_be_used_are_refused() {
        let folder = folder();
        let path = folder.path();
        let model = path.join("model");
        fs::create_dir(&model).unwrap();
        fs::write(model.join("tokenizer.json"), tokenizer(&["kalo"])).unwrap();
        let refused = |bytes: &[u8]| {
            fs::write(model.join("model.onnx"), bytes).unwrap();
            refused(path)
        };
        let whole = network(&[X, Y], Gives::Tokens, "input_ids");
        insta::assert_snapshot!(refused(b"not a network"), @"error: model/model.onnx: it is no ONNX network that can be used: parse error: error in message rten_onnx::onnx::ModelProto field 13: invalid wire type");
        insta::assert_snapshot!(refused(&whole[..whole.len() / 2]), @"error: model/model.onnx: it is no ONNX network that can be used: parse error: error in message rten_onnx::onnx::TypeProto field 1: end of file");
        insta::assert_snapshot!(refused(&network(&[X, Y], Gives::Tokens, "pixels")), @"error: model/model.onnx: the network asks for `pixels`; a sentence encoder asks for input_ids, attention_mask and token_type_ids");
        // Two tokens, one row: the network has no vector for the second.
        insta::assert_snapshot!(refused(&network(&[X], Gives::Tokens, "input_ids")), @r#"error: model/model.onnx: it does not run: operator "" failed: input or attribute has invalid value: Index 1 is out of range. Must be in [-1, 1). Inputs were (tensor(f32) [1, 3], tensor(i32) [1, 1])"#);
        insta::assert_snapshot!(refused(&network(&[X, [f32::NAN; 3]], Gives::Text, "input_ids")), @"error: model/model.onnx: the network gives numbers that are not finite");
        fs::create_dir(model.join("1_Pooling")).unwrap();
        fs::write(model.join("1_Pooling/config.json"), r#"{"pooling_mode_max_tokens": true}"#).unwrap();
        insta::assert_snapshot!(refused(&whole), @"error: model/1_Pooling/config.json: pooling of `max_tokens`; the mean of the tokens or the first one can be taken");
    }

    #[test]
    fn a_cut_file_never_makes_the_program_panic() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        write_table(path, &SECOND);
        for file in ["tokenizer.json", "model.safetensors"] {
            let whole = fs::read(path.join(file)).unwrap();
            for end in 0..whole.len() {
                fs::write(path.join(file), &whole[..end]).unwrap();
                assert!(muqabala::embed::open(path).is_err(), "{file}: {end} of {} bytes", whole.len());
            }
            fs::write(path.join(file), &whole).unwrap();
        }
        fs::remove_file(path.join("model.safetensors")).unwrap();
        write_network(path, &SECOND, Gives::Text);
        let whole = fs::read(path.join("model.onnx")).unwrap();
        for end in (0..whole.len()).step_by(3) {
            fs::write(path.join("model.onnx"), &whole[..end]).unwrap();
            let opened = muqabala::embed::open(path);
            // What is cut off at the end may be a shape that nothing depends on.
            assert!(opened.is_err() || end > whole.len() / 2, "{end} of {} bytes", whole.len());
        }
    }

    fn encoded(path: &Path, text: &str) -> Encoded {
        muqabala::embed::open(path).unwrap().encode(text).unwrap()
    }

    #[test]
    fn tables_come_in_several_types_and_layouts() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        fs::write(path.join("tokenizer.json"), tokenizer(&["kalo", "sudo"])).unwrap();
        let write = |tensors: &[Tensor<'_>]| {
            fs::write(path.join("model.safetensors"), safetensors(tensors)).unwrap();
        };
        let halves = |rows: [u16; 3]| rows.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
        // 1, 2 and -0.5, in each type.
        write(&[("embeddings", "F16", vec![3, 1], halves([0x3c00, 0x4000, 0xb800]))]);
        assert_eq!(encoded(path, "kalo sudo sudo"), Encoded::Whole(vec![1.0]));
        write(&[("embeddings", "BF16", vec![3, 1], halves([0x3f80, 0x4000, 0xbf00]))]);
        assert_eq!(encoded(path, "kalo sudo"), Encoded::Whole(vec![1.5]));
        write(&[("embeddings", "I8", vec![3, 1], vec![1, 2, 253])]);
        assert_eq!(encoded(path, "kalo sudo"), Encoded::Whole(vec![-1.0]));
        // A vocabulary that was cut down: rows and weights by token.
        let doubles = |x: [f64; 3]| x.iter().flat_map(|x| x.to_le_bytes()).collect::<Vec<u8>>();
        let mapping = [0i64, 1, 1].iter().flat_map(|x| x.to_le_bytes()).collect();
        let rows = ("embeddings", "F32", vec![2, 3], floats(&[X, [0.0, 4.0, 0.0]]));
        write(&[
            rows,
            ("mapping", "I64", vec![3], mapping),
            ("weights", "F64", vec![3], doubles([1.0, 0.5, 0.25])),
        ]);
        assert_eq!(encoded(path, "kalo sudo"), Encoded::Whole(vec![0.0, 3.0, 0.0]));
        // What model2vec does not know it leaves out; a `StaticEmbedding` has a vector for it.
        write(&[("embeddings", "I8", vec![3, 1], vec![7, 2, 3])]);
        assert_eq!(encoded(path, "kalo what"), Encoded::Whole(vec![2.0]));
        assert_eq!(encoded(path, "what"), Encoded::Nothing);
        fs::remove_file(path.join("model.safetensors")).unwrap();
        fs::create_dir(path.join("0_StaticEmbedding")).unwrap();
        let other = safetensors(&[("embedding.weight", "I8", vec![3, 1], vec![7, 2, 3])]);
        fs::write(path.join("0_StaticEmbedding/model.safetensors"), other).unwrap();
        assert_eq!(encoded(path, "kalo what"), Encoded::Whole(vec![9.0]));
    }

    #[test]
    fn a_folder_may_hold_a_table_as_a_network_too_or_the_weights_of_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        write_network(path, &SECOND, Gives::Tokens);
        let weights = |name| safetensors(&[(name, "F32", vec![6, 3], floats(&[Z; 6]))]);
        fs::write(path.join("model.safetensors"), weights("embeddings")).unwrap();
        assert_eq!(encoded(path, "kalo"), Encoded::Whole(Z.to_vec()));
        fs::write(path.join("model.safetensors"), weights("encoder.layer.0.weight")).unwrap();
        assert_eq!(encoded(path, "kalo"), Encoded::Whole(X.to_vec()));
    }

    #[test]
    fn networks_take_the_mean_or_the_first_token_and_say_when_a_text_is_too_long() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        write_network(path, &SECOND, Gives::Tokens);
        // The sum points where the mean does, and weighs by the number of tokens.
        assert_eq!(encoded(path, "kalo kalo"), Encoded::Whole(X.map(|x| x * 2.0).to_vec()));
        assert_eq!(encoded(path, ""), Encoded::Nothing);
        assert_eq!(encoded(path, "what"), Encoded::Nothing, "a vector of zeros says nothing");
        fs::create_dir(path.join("1_Pooling")).unwrap();
        let cls = r#"{"word_embedding_dimension": 3, "pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#;
        fs::write(path.join("1_Pooling/config.json"), cls).unwrap();
        assert_eq!(encoded(path, "sudo kalo kalo"), Encoded::Whole(Y.to_vec()));
        let tokenizer = fs::read_to_string(path.join("tokenizer.json")).unwrap();
        let mut tokenizer: serde_json::Value = serde_json::from_str(&tokenizer).unwrap();
        tokenizer["truncation"] = serde_json::json!({
            "direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0
        });
        fs::write(path.join("tokenizer.json"), tokenizer.to_string()).unwrap();
        assert_eq!(encoded(path, "sudo kalo"), Encoded::Whole(Y.to_vec()));
        assert_eq!(encoded(path, "sudo kalo kalo"), Encoded::Beginning(Y.to_vec()));
    }

    #[test]
    fn a_collection_is_aligned_anew_when_the_model_changes() {
        let folder = folder();
        let path = folder.path();
        fs::create_dir(path.join("hu")).unwrap();
        fs::create_dir(path.join("fi")).unwrap();
        fs::rename(path.join("s.txt"), path.join("hu/a.txt")).unwrap();
        fs::rename(path.join("t.txt"), path.join("fi/a.txt")).unwrap();
        let batch = |words: &[(&str, [f32; 3])]| {
            write_table(&path.join("model"), words);
            let fixed = ["batch", "hu", "fi", "--output", "out", "--format", "beads", "--presegmented"];
            let languages = ["--source-lang", "hu", "--target-lang", "fi", "--embedding-model", "model"];
            let ran = run(path, &[&fixed[..], &languages].concat());
            assert_eq!(ran.code, 0, "{}", ran.err);
            let written = fs::read_dir(path.join("out")).unwrap().map(|e| e.unwrap().path());
            let beads = written.filter(|p| p.extension().is_some_and(|e| e == "tsv" || e == "beads"));
            beads.map(|p| fs::read_to_string(p).unwrap()).find(|t| t.starts_with(['0', '\t'])).unwrap()
        };
        assert_eq!(batch(&SECOND), "0\t0\n1\t1,2\n");
        assert_eq!(batch(&FIRST), "0\t0,1\n1\t2\n");
    }
}
