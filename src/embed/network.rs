//! A sentence encoder as an ONNX network (BERT and its kin).
//!
//! In: `model.onnx`, `tokenizer.json` and, where there is one, `1_Pooling/config.json`. Out: a [`TextEncoder`]. The
//! network gives a vector for each text (`sentence_embedding`) or for each token; of tokens the mean is taken, or
//! the first one where the file on pooling says so. Guarantee: each text runs through the network by itself and on
//! one thread, so that its neighbours and the number of threads change nothing.

use std::path::Path;
use std::sync::Arc;

use rten::{Model, ModelOptions, NodeId, RunOptions, ThreadPool, Value};
use rten_tensor::prelude::*;
use rten_tensor::{Tensor, TensorView};

use crate::score::{EncodeError, Encoded, TextEncoder};

use super::tokens::{self, Marks, Tokens};
use super::{ModelError, read};

/// Runs of up to so many segments are encoded as one text. Each length more costs as many runs through the network
/// as there are segments, and beads of more segments are few.
const LONGEST_RUN: usize = 4;
/// The most tokens of a text where no file says how many: what BERT has places for.
const MOST_TOKENS: usize = 512;

/// A network and how to ask it.
pub(super) struct Network {
    tokens: Tokens,
    most: usize,
    model: Model,
    inputs: Vec<(NodeId, Input)>,
    output: NodeId,
    pooling: Pooling,
    dimension: usize,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { dimension, most, pooling, .. } = self;
        write!(f, "Network({dimension} numbers, {most} tokens, {pooling:?})")
    }
}

/// What a network asks for, a number for each token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Input {
    Ids,
    /// Which tokens count: all of them.
    Mask,
    /// Which of two texts a token belongs to: the first.
    Types,
}

/// How the vectors of the tokens become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pooling {
    Mean,
    First,
}

/// Opens the network in `file`.
pub(super) fn open(file: &Path) -> Result<Network, ModelError> {
    let tokens = Tokens::open(file)?;
    let pooling = pooling(&tokens::pooling_file(file))?;
    let wrong = |problem: String| ModelError::content(file, problem);
    let model = ModelOptions::with_all_ops()
        .load_file(file)
        .map_err(|e| wrong(format!("it is no ONNX network that can be used: {e}")))?;
    let inputs = inputs(&model).map_err(wrong)?;
    let output = output(&model).map_err(wrong)?;
    let most = tokens.most.unwrap_or(MOST_TOKENS).max(1);
    let mut network = Network { tokens, most, model, inputs, output, pooling, dimension: 0 };
    // The highest token shows whether the network has a vector for it.
    let sample = network.run(&[network.tokens.highest]).map_err(wrong)?;
    network.dimension = sample.len();
    Ok(network)
}

fn pooling(file: &Path) -> Result<Pooling, ModelError> {
    if !file.is_file() {
        return Ok(Pooling::Mean);
    }
    let config: serde_json::Value =
        serde_json::from_slice(&read(file)?).map_err(|e| ModelError::content(file, e))?;
    let named = config["pooling_mode"].as_str();
    let flags = config.as_object().into_iter().flatten();
    let flagged = flags.filter(|(_, value)| value.as_bool() == Some(true)).map(|(name, _)| &**name);
    let modes: Vec<&str> =
        named.into_iter().chain(flagged.filter_map(|name| name.strip_prefix("pooling_mode_"))).collect();
    match modes[..] {
        ["mean" | "mean_tokens"] => Ok(Pooling::Mean),
        ["cls" | "cls_token"] => Ok(Pooling::First),
        _ => Err(ModelError::content(
            file,
            format!(
                "pooling of `{}`; the mean of the tokens or the first one can be taken",
                modes.join(", ")
            ),
        )),
    }
}

fn inputs(model: &Model) -> Result<Vec<(NodeId, Input)>, String> {
    let input = |&id: &NodeId| {
        let name = model.node_info(id).and_then(|node| node.name()).unwrap_or_default();
        let input = match name {
            "input_ids" => Input::Ids,
            "attention_mask" => Input::Mask,
            "token_type_ids" => Input::Types,
            _ => {
                return Err(format!(
                    "the network asks for `{name}`; a sentence encoder asks for input_ids, attention_mask and \
                     token_type_ids"
                ));
            }
        };
        Ok((id, input))
    };
    let inputs: Vec<(NodeId, Input)> = model.input_ids().iter().map(input).collect::<Result<_, _>>()?;
    if inputs.iter().any(|(_, input)| *input == Input::Ids) {
        Ok(inputs)
    } else {
        Err("the network does not ask for input_ids".to_owned())
    }
}

fn output(model: &Model) -> Result<NodeId, String> {
    let name = |id: NodeId| model.node_info(id).and_then(|node| node.name()).unwrap_or_default();
    let outputs = model.output_ids();
    let named = |wanted: &str| outputs.iter().copied().find(|&id| name(id) == wanted);
    let known = ["sentence_embedding", "last_hidden_state", "token_embeddings"].into_iter().find_map(named);
    match (known, outputs) {
        (Some(id), _) | (None, &[id]) => Ok(id),
        (None, _) => {
            let names: Vec<&str> = outputs.iter().map(|&id| name(id)).collect();
            Err(format!(
                "none of its outputs is sentence_embedding or last_hidden_state: {}",
                names.join(", ")
            ))
        }
    }
}

thread_local! {
    /// A network runs on a pool of one: how work is shared out must not change sums.
    static ALONE: Arc<ThreadPool> = Arc::new(ThreadPool::with_num_threads(1));
}

/// Does `work` on a thread of its own. A thread of rayon's that waits for another pool takes up the next text
/// while it waits, and the next while it waits for that, until its stack is full.
fn apart<R: Send>(work: impl FnOnce() -> R + Send) -> Result<R, String> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, work);
        thread.map_err(|e| e.to_string())?.join().map_err(|_| "it broke off".to_owned())
    })
}

impl Network {
    /// The vector of a text of these tokens.
    fn run(&self, ids: &[u32]) -> Result<Vec<f32>, String> {
        let count = ids.len();
        let tensor = |input: Input| -> Tensor<i32> {
            let numbers = match input {
                Input::Ids => ids.iter().map(|&id| id as i32).collect(),
                Input::Mask => vec![1; count],
                Input::Types => vec![0; count],
            };
            Tensor::from_data(&[1, count], numbers)
        };
        let inputs = self.inputs.iter().map(|&(id, input)| (id, tensor(input).into())).collect();
        let options = RunOptions::default().with_thread_pool(Some(ALONE.with(Arc::clone)));
        let outputs =
            apart(|| self.model.run(inputs, &[self.output], Some(options)).map_err(|e| e.to_string()));
        let outputs = outputs.and_then(|o| o).map_err(|e| format!("it does not run: {e}"))?;
        let output = outputs.first().and_then(Value::as_tensor_view::<f32>);
        let output = output.ok_or("what the network gives are no 32-bit floats")?;
        let vector = self.pool(&output, count)?;
        if vector.iter().all(|x| x.is_finite()) {
            Ok(vector)
        } else {
            Err("the network gives numbers that are not finite".to_owned())
        }
    }

    fn pool(&self, output: &TensorView<'_, f32>, count: usize) -> Result<Vec<f32>, String> {
        let numbers: Vec<f32> = output.iter().copied().collect();
        let per_token = match output.shape() {
            &[1, width] if width > 0 => return Ok(numbers),
            &[1, tokens, width] if tokens == count && width > 0 => numbers.chunks_exact(width),
            shape => {
                return Err(format!(
                    "for a text of {count} tokens the network gives numbers of the shape {shape:?}; \
                     [1, numbers] or [1, {count}, numbers] are needed"
                ));
            }
        };
        let mut sum = vec![0f32; per_token.clone().next().map_or(0, <[f32]>::len)];
        let take = if self.pooling == Pooling::First { 1 } else { count };
        for token in per_token.take(take) {
            sum.iter_mut().zip(token).for_each(|(s, x)| *s += x);
        }
        Ok(sum)
    }
}

impl TextEncoder for Network {
    fn dimension(&self) -> usize {
        self.dimension
    }

    fn longest_run(&self) -> usize {
        LONGEST_RUN
    }

    fn encode(&self, text: &str) -> Result<Encoded, EncodeError> {
        let failed = |problem: &dyn std::fmt::Display| EncodeError::new(text, problem);
        let mut ids = self.tokens.of(text, Marks::With).map_err(|e| failed(&e))?;
        let cut = ids.len() > self.most;
        if cut {
            // The mark at the end stays.
            let last = ids.pop();
            ids.truncate(self.most - 1);
            ids.extend(last);
        }
        if ids.is_empty() {
            return Ok(Encoded::Nothing);
        }
        let vector = self.run(&ids).map_err(|e| failed(&e))?;
        if vector.len() != self.dimension {
            return Err(failed(&format!(
                "the network gives {} numbers, not {}",
                vector.len(),
                self.dimension
            )));
        }
        Ok(match (vector.iter().all(|&x| x == 0.0), cut) {
            (true, _) => Encoded::Nothing,
            (false, true) => Encoded::Beginning(vector),
            (false, false) => Encoded::Whole(vector),
        })
    }
}
