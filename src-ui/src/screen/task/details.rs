//! What the programme says of a task: clause, title, who answers, due, papers cited.

use leptos::prelude::*;
use terms::{
    Timestamp,
    rows::{AgencyName, Authored, Responsible, TaskDetails},
};

use super::{
    assign::{Assign, NameSupporter},
    home::Home,
};
use crate::{catalogue::words, component::OfficialBadge};

/// The head of the screen.
#[component]
pub fn Details(
    /// What the programme says.
    details: Memo<TaskDetails>,
    /// The own agency's document.
    home: Memo<Option<Home>>,
) -> impl IntoView {
    let texts = words().task;
    let official = Memo::new(move |_| details.with(|details| details.official));
    let heading = Memo::new(move |_| details.with(|details| details.heading));
    let citations = Memo::new(move |_| details.with(|details| details.citations.clone()));
    view! {
        <header class="task-head">
            <p class="mute small">{move || details.with(|details| details.clause.clone())}</p>
            <h1 tabindex="-1">{move || details.with(|details| details.title.clone())}</h1>
            <Show
                when=move || !heading.get()
                fallback=move || view! {
                    <p class="task-text">{move || details.with(|details| details.text.clone())}</p>
                    <p class="hint">{texts.is_heading}</p>
                }
            >
                <Show when=move || details.with(|details| details.may_be_secret)>
                    <p class="hint warn" role="note">{texts.may_be_secret}</p>
                </Show>
                <p class="task-due">
                    <OfficialBadge status=official />
                    <span class="mute">
                        {move || details.with(|details| (texts.due)(details.due, &details.due_source))}
                    </span>
                </p>
                <Answering details home />
            </Show>
            <Show when=move || citations.with(|citations| !citations.is_empty())>
                <details class="task-citations">
                    <summary>{move || (texts.citations)(citations.with(Vec::len))}</summary>
                    <ul>
                        {move || citations.get().into_iter().map(|c| view! { <li>{c}</li> }).collect_view()}
                    </ul>
                </details>
            </Show>
        </header>
    }
}

/// Who leads and who supports, as the text says and as was said since.
#[component]
fn Answering(details: Memo<TaskDetails>, home: Memo<Option<Home>>) -> impl IntoView {
    let texts = words().task;
    let answering = Memo::new(move |_| details.with(|details| details.responsible.clone()));
    let members = Memo::new(move |_| details.with(|details| details.members.clone()));
    let unnamed = Memo::new(move |_| answering.with(|who| who.supporting_unnamed));
    let lead_text = Memo::new(move |_| details.with(|details| details.lead_text.clone()));
    view! {
        <dl class="task-who">
            <dt>{texts.leads}</dt>
            <dd data-who="leads">
                {move || answering.with(|who| members.with(|members| leads(who, members, &lead_text.get())))}
                <Assign details />
            </dd>
            <Show when=move || answering.with(has_supporters)>
                <dt>{texts.supporting}</dt>
                <dd data-who="supporting">
                    {move || answering.with(|who| members.with(|members| supporters(who, members)))}
                    <Show when=move || unnamed.get()>
                        <NameSupporter details home />
                    </Show>
                </dd>
            </Show>
        </dl>
    }
}

/// A group's name and who belongs to it.
type Members = (String, Vec<AgencyName>);

fn has_supporters(who: &Responsible) -> bool {
    who.supporting_unnamed
        || !who.supporting.is_empty()
        || !who.supporting_groups.is_empty()
        || !who.named.is_empty()
}

/// `lead_text` is the text's own words, which stand where it names nobody.
fn leads(who: &Responsible, members: &[Members], lead_text: &str) -> impl IntoView + use<> {
    let texts = words().task;
    let unnamed = who.leads.is_empty() && who.lead_groups.is_empty() && who.assigned.is_none();
    let nobody = unnamed && lead_text.is_empty();
    let lead_text = (unnamed && !nobody).then(|| (texts.text_of_leads)(lead_text));
    let joint = who.joint.then_some(words().common.joint);
    view! {
        {names(&who.leads)}
        {groups(&who.lead_groups, members)}
        {lead_text.map(|lead_text| view! { <span class="who-unnamed">{lead_text}</span> })}
        {nobody.then(|| view! { <span class="mute">{texts.no_lead}</span> })}
        {joint.map(|joint| view! { <span class="tag">{joint}</span> })}
        {who.assigned.as_ref().and_then(|authored| since(authored, texts.assigned_by))}
        {who.rivals.iter().filter_map(|authored| since(authored, texts.assigned_by)).collect_view()}
    }
}

fn supporters(who: &Responsible, members: &[Members]) -> impl IntoView + use<> {
    let unnamed = who.supporting_unnamed.then_some(words().common.unnamed);
    let named = who
        .named
        .iter()
        .filter_map(|authored| since(authored, words().task.named_by));
    view! {
        {names(&who.supporting)}
        {groups(&who.supporting_groups, members)}
        {unnamed.map(|unnamed| view! { <span class="who-unnamed">{unnamed}</span> })}
        {named.collect_view()}
    }
}

fn names(agencies: &[AgencyName]) -> impl IntoView + use<> {
    let name = |agency: &AgencyName| view! { <span class="who">{agency.short.clone()}</span> };
    agencies.iter().map(name).collect_view()
}

/// Each group as the text's phrase with its count; who they are is shown to whoever opens it.
fn groups(groups: &[(String, usize)], members: &[Members]) -> impl IntoView + use<> {
    let group = |(name, count): &(String, usize)| {
        let of_it = members.iter().find(|(group, _)| group == name);
        let who = of_it.map(|(_, agencies)| names(agencies));
        view! {
            <details class="who who-group">
                <summary>{(words().tree.members)(name, *count)}</summary>
                <span class="who-members">{who}</span>
            </details>
        }
    };
    groups.iter().map(group).collect_view()
}

/// An agency that somebody named since, with who and when.
fn since(
    authored: &Authored<AgencyName>,
    words: fn(&str, Timestamp) -> String,
) -> Option<impl IntoView + use<>> {
    let agency = authored.value.clone()?;
    let who = (crate::catalogue::words().value.who)(&authored.by.person, &authored.by.agency);
    let how = words(&who, authored.at);
    Some(
        view! { <span class="who">{agency.short} <span class="mute small">" " {how}</span></span> },
    )
}
