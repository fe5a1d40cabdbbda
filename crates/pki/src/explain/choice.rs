//! Which of several a field is, by the identifier that stands there or the one before it.

use std::borrow::Cow;

use super::schema::{Field, Finish, Type};
use super::universal::identifier_name;

/// A field with its choice made: it is called by what was chosen.
pub(super) struct Resolved {
    pub(super) label: Cow<'static, str>,
    pub(super) name: &'static str,
    pub(super) kind: Type,
    /// Whether it is none of the alternatives.
    pub(super) is_misfit: bool,
    pub(super) section: Option<padlock_wire::Section>,
    pub(super) finish: Option<Finish>,
}

impl Resolved {
    /// The field for what has this identifier; `is_told` is whether it is for being shown.
    pub(super) fn new(
        field: &Field,
        identifier: u8,
        governor: Option<&str>,
        is_told: bool,
    ) -> Self {
        let mut label = field.label;
        let mut chosen = *field;
        let mut is_misfit = false;
        match field.kind {
            Type::Choice(alternatives) => {
                let fits = |alternative: &&Field| alternative.tag.allows(identifier);
                match alternatives.iter().find(fits) {
                    Some(alternative) => {
                        chosen = *alternative;
                        label = alternative.label;
                    }
                    None => {
                        chosen.kind = &Type::Any;
                        is_misfit = true;
                    }
                }
            }
            Type::ShownByIdentifier(_) if !is_told => chosen.kind = &Type::Any,
            Type::ByIdentifier(find) | Type::ShownByIdentifier(find) => {
                match governor.and_then(find) {
                    Some(known) if known.tag.allows(identifier) => {
                        chosen = *known;
                        label = known.label;
                    }
                    _ => chosen.kind = &Type::Any,
                }
            }
            _ => {}
        }
        let label = match label {
            "" => identifier_name(identifier),
            label => label,
        };
        Self {
            label: Cow::Borrowed(label),
            name: label,
            kind: *chosen.kind,
            is_misfit,
            section: chosen.section.or(field.section),
            finish: chosen.finish.or(field.finish),
        }
    }
}
