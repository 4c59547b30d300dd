//! A new project that takes over what was known of an older one of the same texts, or of parts of them.
//!
//! In: a project just made, and what people and the aligner said before. Out: the same project with that. Guarantee:
//! texts, segments and beads stay; a place that is not there changes nothing.

use std::sync::Arc;

use crate::bitext::Side;

use super::decision::Attributes;
use super::model::Project;
use super::score::Score;
use super::settings::Settings;

impl Project {
    /// Says what people said of the live bead at a place, before the project was made.
    pub fn set_attributes(&mut self, position: usize, attributes: Attributes) {
        if let Some(&id) = self.order.get(position) {
            self.beads[id.0 as usize - 1].attributes = attributes;
        }
    }

    /// Says what the aligner said of the live bead at a place, before the project was made.
    pub fn set_score(&mut self, position: usize, score: Score) {
        if let Some(&id) = self.order.get(position) {
            self.beads[id.0 as usize - 1].score = Arc::new(score);
        }
    }

    /// Puts a corrected text beside a segment, before the project is in any file.
    pub fn set_correction(&mut self, side: Side, segment: usize, text: String) {
        if let Some(segment) = self.segments.get_mut(side).get_mut(segment) {
            segment.corrected = Some(text);
        }
    }

    /// Takes over settings, before the project is in any file.
    pub fn set_settings(&mut self, settings: Settings) {
        self.settings = settings;
    }
}
