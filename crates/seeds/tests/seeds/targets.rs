//! The targets, as the text has them.

use seeds::{Direction, Target};
use terms::Goal;

/// «trên 2 triệu tấn · flow · so-nnptnt · 2 · Sản lượng lúa».
fn line_of(target: &Target) -> String {
    let figures = match &target.goal {
        Goal::Range { low, high } | Goal::ReduceBy { low, high } => {
            format!("{} {}", low.format_vi(), high.format_vi())
        }
        Goal::Above { value }
        | Goal::AtLeast { value, .. }
        | Goal::Below { value }
        | Goal::About { value }
        | Goal::ReduceTo { value } => value.format_vi(),
    };
    format!(
        "{} {figures} {} · {:?} · {} · {} · {}",
        target.source.direction.word(),
        target.unit,
        target.kind,
        target
            .owner
            .as_ref()
            .map_or("chưa nêu", |owner| owner.as_str()),
        target.source.stated.len(),
        target.name
    )
}

#[test]
fn targets_are_as_the_text_has_them() {
    let p = crate::programme();
    let target = |name: &str| p.targets.iter().find(|t| t.name == name).unwrap();
    let listed: Vec<String> = p.targets.iter().map(line_of).collect();
    let wanted: Vec<&str> = include_str!("../targets.txt").lines().collect();
    assert_eq!(listed, wanted);
    let thcs = target("Tỷ lệ huy động học sinh đi học đúng độ tuổi, trung học cơ sở");
    assert!(matches!(&thcs.goal, Goal::AtLeast { value, .. } if value.format_vi() == "94,83"));
    let bids: Vec<_> = p
        .targets
        .iter()
        .filter(|t| t.source.direction == Direction::AtLeast)
        .collect();
    assert_eq!(bids[1].together_with.as_ref(), Some(&bids[0].id));
    assert_eq!(p.targets.iter().filter(|t| t.part_of.is_some()).count(), 4);
}

/// The text's words beside a figure decide its direction; the unit stands there too.
#[test]
fn directions_and_units_are_the_words_of_the_text() {
    let p = crate::programme();
    for target in &p.targets {
        let other = target.together_with.as_ref();
        let both = p
            .targets
            .iter()
            .filter(|t| t.id == target.id || other == Some(&t.id));
        let words: Vec<&str> = both
            .flat_map(|t| &t.source.stated)
            .map(|s| s.wording.as_str())
            .collect();
        let words = words.join(" ");
        let by_word = [
            ("xuống còn", Direction::ReduceTo),
            ("giảm", Direction::ReduceBy),
            ("trên", Direction::Above),
            ("dưới", Direction::Below),
            ("khoảng", Direction::About),
            ("tối thiểu", Direction::AtLeast),
            ("đạt và vượt", Direction::ReachAndExceed),
            ("từ", Direction::Range),
        ];
        let said = by_word.into_iter().find(|(word, _)| words.contains(word));
        let said = said.map_or(Direction::Reach, |(_, direction)| direction);
        assert_eq!(target.source.direction, said, "{}: {words}", target.name);
        assert!(words.contains(&target.unit), "{}: {words}", target.name);
        // A share says of what; only growth is a per cent that is none.
        let share = target.unit == "%" && target.name != "Tốc độ tăng trưởng kinh tế";
        assert_eq!(target.denominator.is_some(), share, "{}", target.name);
    }
}
