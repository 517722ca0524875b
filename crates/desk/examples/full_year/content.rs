//! The programme of 2019 with as many agencies as a large province has.

use std::path::Path;

use anyhow::anyhow;
use terms::{
    AgencyClass, AgencyId,
    programme::{Agency, Programme},
};

/// How many agencies: as many as a province has with all its districts and central agencies.
const AGENCIES: usize = 140;

/// The programme; those that the text does not know support its tasks.
pub(crate) fn programme() -> anyhow::Result<Programme> {
    let mut content = seeds()?.content();
    let unknown = |id: &AgencyId| content.agencies.iter().all(|known| known.id != *id);
    let more: Vec<AgencyId> = agencies()?.into_iter().filter(unknown).collect();
    content.agencies.extend(more.iter().map(|id| Agency {
        id: id.clone(),
        name: format!("Đơn vị {id}"),
        short: format!("Đơn vị {id}"),
        class: AgencyClass::SoNganh,
    }));
    let tasks = content
        .tasks
        .iter_mut()
        .filter(|task| task.heading.is_none());
    let tasks: Vec<_> = tasks.collect();
    let count = tasks.len();
    for (place, task) in tasks.into_iter().enumerate() {
        let of = |step: usize| more[(place * 7 + step * count) % more.len()].clone();
        task.supporting.extend((0..10).map(of));
        task.supporting.sort();
        task.supporting.dedup();
    }
    Ok(content)
}

/// All agencies, those of the text first.
pub(crate) fn agencies() -> anyhow::Result<Vec<AgencyId>> {
    let known = seeds()?
        .agencies
        .into_iter()
        .map(|agency| Ok(agency.thing.id));
    let more = (0..).map(|number| Ok(format!("don-vi-{number}").parse()?));
    known.chain(more).take(AGENCIES).collect()
}

fn seeds() -> anyhow::Result<seeds::Programme> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds/soc-trang-2019");
    seeds::load(&folder).map_err(|errors| anyhow!("{errors:?}"))
}
