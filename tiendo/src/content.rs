//! A programme as `seeds` read it, as `programme` imports it.

use programme as import;

/// Everything of a programme that goes into its document. What only explains the source (how the
/// scan was read, which figures are no targets) stays in the files.
pub fn content(seeds: seeds::Programme) -> import::ProgrammeContent {
    let signing = seeds.signing;
    import::ProgrammeContent {
        name: seeds.name,
        short_name: seeds.short_name,
        province: seeds.province,
        ends: seeds.ends,
        signing: import::SigningContent {
            authority: signing.authority,
            form: signing.form,
            position: signing.position,
            name: signing.name,
        },
        recipients: seeds.recipients.into_iter().map(recipient).collect(),
        agencies: seeds.agencies.into_iter().map(agency).collect(),
        agency_groups: seeds.agency_groups.into_iter().map(agency_group).collect(),
        groups: seeds.groups.into_iter().map(group).collect(),
        sections: seeds.sections.into_iter().map(section).collect(),
        tasks: seeds.tasks.into_iter().map(task).collect(),
        targets: seeds.targets.into_iter().map(target).collect(),
        citations: seeds.citations.into_iter().map(citation).collect(),
        periods: seeds.periods.into_iter().map(period).collect(),
    }
}

fn recipient(
    seeds::Recipient {
        text,
        class,
        archive,
    }: seeds::Recipient,
) -> import::RecipientContent {
    import::RecipientContent {
        text,
        class,
        archive,
    }
}

fn agency(agency: seeds::Agency) -> import::AgencyContent {
    let seeds::Agency {
        id,
        name,
        short,
        class,
        ..
    } = agency;
    import::AgencyContent {
        id,
        name,
        short,
        class,
    }
}

fn agency_group(group: seeds::AgencyGroup) -> import::AgencyGroupContent {
    let seeds::AgencyGroup {
        id, name, members, ..
    } = group;
    import::AgencyGroupContent { id, name, members }
}

fn group(seeds::Group { id, number, title }: seeds::Group) -> import::GroupContent {
    import::GroupContent {
        id,
        number: number.to_string(),
        title,
    }
}

fn section(section: seeds::Section) -> import::SectionContent {
    let seeds::Section {
        id,
        group,
        letter,
        title,
    } = section;
    import::SectionContent {
        id,
        group,
        letter: letter.to_string(),
        title,
    }
}

fn task(task: seeds::Task) -> import::TaskContent {
    import::TaskContent {
        id: task.id,
        section: task.section,
        clause: task.clause.to_string(),
        clause_in_words: task.clause.in_words(),
        parent: task.parent,
        title: task.title,
        heading: task.heading.is_some(),
        text: task.heading,
        leads: task.leads,
        lead_groups: task.lead_groups,
        joint: task.joint,
        lead_text: task.lead_text,
        supporting: task.supporting,
        supporting_groups: task.supporting_groups,
        supporting_unnamed: task.supporting_unnamed,
        citations: task.citations,
        milestones: task.milestones.into_iter().map(milestone).collect(),
        assigned: task.assigned.map(|assigned| assigned.agency),
        may_be_secret: task.may_be_secret,
    }
}

fn milestone(milestone: seeds::Milestone) -> import::MilestoneContent {
    let seeds::Milestone {
        id,
        title,
        due,
        source,
    } = milestone;
    import::MilestoneContent {
        id,
        title,
        due,
        source,
    }
}

fn target(target: seeds::Target) -> import::TargetContent {
    import::TargetContent {
        id: target.id,
        name: target.name,
        unit: target.unit,
        goal: target.goal,
        direction: target.direction.word().to_owned(),
        kind: target.kind,
        owner: target.owner,
        assigned: target.assigned.map(|assigned| assigned.agency),
        contributors: target.contributors,
        part_of: target.part_of,
        together_with: target.together_with,
        denominator: target.denominator,
        stated: target
            .stated
            .into_iter()
            .map(|statement| statement.task)
            .collect(),
    }
}

fn citation(citation: seeds::Citation) -> import::CitationContent {
    let seeds::Citation {
        id,
        kind,
        number,
        date,
        issuer,
        title,
    } = citation;
    import::CitationContent {
        id,
        kind,
        number,
        date,
        issuer,
        title,
    }
}

fn period(period: seeds::PeriodRow) -> import::PeriodContent {
    let seeds::PeriodRow {
        period,
        name,
        paper_name,
        from,
        to,
        deadline,
        ..
    } = period;
    import::PeriodContent {
        period,
        name,
        paper_name,
        from,
        to,
        deadline,
    }
}
