//! Tiny models for sentence embeddings, made byte by byte: `tokenizer.json`, safetensors, ONNX.

use std::fs;
use std::path::Path;

/// A tokenizer of whole words; number 0 stands for all others.
pub(crate) fn tokenizer(words: &[&str]) -> String {
    let mut vocabulary = serde_json::json!({ "[UNK]": 0 });
    for (number, word) in (1..).zip(words) {
        vocabulary[*word] = number.into();
    }
    serde_json::json!({
        "version": "1.0", "truncation": null, "padding": null, "added_tokens": [], "normalizer": null,
        "pre_tokenizer": { "type": "WhitespaceSplit" }, "post_processor": null, "decoder": null,
        "model": { "type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]" },
    })
    .to_string()
}

/// A tensor: its name, type, shape and bytes.
pub(crate) type Tensor<'a> = (&'a str, &'a str, Vec<usize>, Vec<u8>);

/// A safetensors file.
pub(crate) fn safetensors(tensors: &[Tensor<'_>]) -> Vec<u8> {
    let mut header = serde_json::json!({});
    let mut data = Vec::new();
    for (name, dtype, shape, bytes) in tensors {
        let start = data.len();
        data.extend(bytes);
        header[*name] =
            serde_json::json!({ "dtype": dtype, "shape": shape, "data_offsets": [start, data.len()] });
    }
    let header = header.to_string();
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &data].concat()
}

/// Numbers as they stand in a file.
pub(crate) fn floats(rows: &[[f32; 3]]) -> Vec<u8> {
    rows.iter().flatten().flat_map(|x| x.to_le_bytes()).collect()
}

/// A model folder with a table of vectors: model2vec's layout. A word has the vector that stands beside it.
pub(crate) fn write_table(folder: &Path, words: &[(&str, [f32; 3])]) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let names: Vec<&str> = words.iter().map(|w| w.0).collect();
    let rows: Vec<[f32; 3]> = std::iter::once([9.0; 3]).chain(words.iter().map(|w| w.1)).collect();
    let matrix = safetensors(&[("embeddings", "F32", vec![rows.len(), 3], floats(&rows))]);
    fs::write(folder.join("tokenizer.json"), tokenizer(&names)).expect("the file can be written");
    fs::write(folder.join("model.safetensors"), matrix).expect("the file can be written");
    fs::write(folder.join("config.json"), r#"{"normalize": true}"#).expect("the file can be written");
}

/// What a network gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gives {
    /// A vector for each token, as `last_hidden_state`.
    Tokens,
    /// A vector for the text, as `sentence_embedding`.
    Text,
}

/// A model folder with a network that looks the tokens up, and takes their mean if it gives one for the text.
pub(crate) fn write_network(folder: &Path, words: &[(&str, [f32; 3])], gives: Gives) {
    fs::create_dir_all(folder).expect("the folder can be made");
    let names: Vec<&str> = words.iter().map(|w| w.0).collect();
    let rows: Vec<[f32; 3]> = std::iter::once([0.0; 3]).chain(words.iter().map(|w| w.1)).collect();
    fs::write(folder.join("tokenizer.json"), tokenizer(&names)).expect("the file can be written");
    fs::write(folder.join("model.onnx"), network(&rows, gives, "input_ids"))
        .expect("the file can be written");
}

/// An ONNX file: Gather and, for a vector of the text, ReduceMean. The messages and their numbers are those of
/// onnx.proto.
pub(crate) fn network(rows: &[[f32; 3]], gives: Gives, ids: &str) -> Vec<u8> {
    const FLOAT: u64 = 1;
    const INT64: u64 = 7;
    let table = [
        number(1, rows.len() as u64),
        number(1, 3),
        number(2, FLOAT),
        bytes(8, b"table"),
        bytes(9, &floats(rows)),
    ]
    .concat();
    let node = |kind: &str, inputs: &[&str], output: &str, attributes: &[Vec<u8>]| {
        let inputs: Vec<Vec<u8>> = inputs.iter().map(|i| bytes(1, i.as_bytes())).collect();
        let attributes: Vec<Vec<u8>> = attributes.iter().map(|a| bytes(5, a)).collect();
        let (output, kind) = (bytes(2, output.as_bytes()), bytes(4, kind.as_bytes()));
        bytes(1, &[inputs.concat(), output, kind, attributes.concat()].concat())
    };
    let dimension = |name: &str| bytes(1, &bytes(2, name.as_bytes()));
    let value = |name: &str, kind: u64, dimensions: &[Vec<u8>]| {
        let tensor = [number(1, kind), bytes(2, &dimensions.concat())].concat();
        [bytes(1, name.as_bytes()), bytes(2, &bytes(1, &tensor))].concat()
    };
    let (batch, tokens, width) = (dimension("batch"), dimension("tokens"), bytes(1, &number(1, 3)));
    let mut nodes = node("Gather", &["table", ids], "last_hidden_state", &[]);
    let output = match gives {
        Gives::Tokens => value("last_hidden_state", FLOAT, &[batch.clone(), tokens.clone(), width]),
        Gives::Text => {
            // AttributeProto: name, type (INT 2, INTS 7), i or ints.
            let axes = [bytes(1, b"axes"), number(8, 1), number(20, 7)].concat();
            let keep = [bytes(1, b"keepdims"), number(3, 0), number(20, 2)].concat();
            nodes.extend(node("ReduceMean", &["last_hidden_state"], "sentence_embedding", &[axes, keep]));
            value("sentence_embedding", FLOAT, &[batch.clone(), width])
        }
    };
    let inputs =
        [ids, "attention_mask"].map(|name| bytes(11, &value(name, INT64, &[batch.clone(), tokens.clone()])));
    let graph = [nodes, bytes(2, b"tiny"), bytes(5, &table), inputs.concat(), bytes(12, &output)].concat();
    let opset = [bytes(1, b""), number(2, 17)].concat();
    [number(1, 8), bytes(8, &opset), bytes(7, &graph)].concat()
}

fn varint(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

/// A field with a whole number.
fn number(field: u64, value: u64) -> Vec<u8> {
    [varint(field << 3), varint(value)].concat()
}

/// A field with bytes: a string or a message.
fn bytes(field: u64, value: &[u8]) -> Vec<u8> {
    [varint(field << 3 | 2), varint(value.len() as u64), value.to_vec()].concat()
}
