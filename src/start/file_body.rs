//! The content of a file as the body of an answer.
//!
//! In: a file. Out: its bytes, a piece at a time. Guarantee: no more than a piece is held in memory.

use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Bytes, HttpBody};
use hyper::body::Frame;

/// Bytes read at a time.
const PIECE: usize = 1 << 16;

/// A file that is sent piece by piece.
#[derive(Debug)]
pub(super) struct FileBody(File);

impl FileBody {
    pub(super) const fn new(file: File) -> Self {
        Self(file)
    }
}

impl HttpBody for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut piece = vec![0; PIECE];
        // It waits for the disk, where it keeps no other request waiting.
        match tokio::task::block_in_place(|| self.0.read(&mut piece)) {
            Ok(0) => Poll::Ready(None),
            Ok(read) => {
                piece.truncate(read);
                Poll::Ready(Some(Ok(Frame::data(piece.into()))))
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}
