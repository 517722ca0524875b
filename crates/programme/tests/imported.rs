//! The programme of 2019, imported: its change is the same to the byte, however it is read.
// Helpers of tests are tests.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use common::office::programme_doc;
use programme::{Document, LocalActor, import};
use terms::Timestamp;

/// A change of 83 316 bytes, as the import made it while a programme still had three models; a
/// change's id is the hash of its bytes.
const IMPORTED: &str = "d60855513ac91c8f2e8c486b2a2181e1eeec3a0114470c4e97dfa1a959729508";

#[test]
fn the_programme_of_2019_is_imported_to_the_same_bytes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/soc-trang-2019");
    let content = seeds::load(&folder).unwrap().content();
    let reviewer = LocalActor {
        author: "e0ymr27h66trvdggq".parse().unwrap(),
        prefix: [
            0x55, 0x09, 0x47, 0x9b, 0xbb, 0xe0, 0xf7, 0x36, 0x86, 0x86, 0x2b, 0xae, 0x43, 0x2b,
            0x8b,
        ],
    };
    let mut doc = Document::new(programme_doc());
    let made = import(&mut doc, &reviewer, &content, Timestamp(1_568_186_848)).unwrap();
    let ids: Vec<String> = made
        .changes
        .iter()
        .map(|(header, _)| header.id.to_string())
        .collect();
    assert_eq!(ids, [IMPORTED]);
}
