//! What is wrong with an input, and with the bytes of what it holds, in words.

use padlock_pki::explain::{Problem, ProblemKind};
use padlock_pki::pem;
use padlock_pki::read::{Fault, FaultKind};

use super::fact;
use crate::text::{Text, say};

/// What is wrong with an input.
#[must_use]
pub fn of_input(fault: &Fault) -> Text {
    match &fault.kind {
        FaultKind::Empty => say::read_fault_empty(),
        FaultKind::Nothing => say::read_fault_nothing(),
        FaultKind::Pem(error) => of_pem(&error.kind),
        FaultKind::EmptyBlock { label } => say::read_fault_empty_block(short(label)),
        FaultKind::Label { label, kind } => say::read_fault_label(fact::kind(*kind), short(label)),
        FaultKind::NotBase64 { character } => say::read_fault_not_base64(character.to_string()),
        FaultKind::Base64Incomplete => say::read_fault_incomplete(),
        FaultKind::NotHex => say::read_fault_not_hex(),
        FaultKind::Leftover { count } => say::read_fault_leftover(*count),
        FaultKind::TooMany => say::read_fault_too_many(),
    }
}

/// Where in the input: a line where it has some, the byte in any case.
#[must_use]
pub fn place(fault: &Fault) -> Text {
    match &fault.kind {
        FaultKind::Pem(error) => say::read_place_line(fault.at, error.line),
        _ => say::read_place_byte(fault.at),
    }
}

fn of_pem(kind: &pem::ErrorKind) -> Text {
    use pem::ErrorKind;
    match kind {
        ErrorKind::Unterminated { label } => say::read_fault_unterminated(short(label)),
        ErrorKind::WrongEnd { label, found } => {
            say::read_fault_wrong_end(short(found), short(label))
        }
        ErrorKind::NotBase64 { character } => say::read_fault_not_base64(character.to_string()),
        ErrorKind::Incomplete { label } => say::read_fault_block_incomplete(short(label)),
        ErrorKind::NoBegin { label } => say::read_fault_no_begin(short(label)),
        ErrorKind::NoCertificate { .. } => say::read_fault_nothing(),
    }
}

/// What is wrong with some bytes.
#[must_use]
pub fn of_bytes(problem: &Problem) -> Text {
    match &problem.kind {
        ProblemKind::Truncated { needed: None, left } => say::read_problem_ends(*left),
        ProblemKind::Truncated {
            needed: Some(needed),
            left,
        } => say::read_problem_truncated(*left, *needed),
        ProblemKind::Overrun { length, left } => say::read_problem_overrun(*left, *length),
        ProblemKind::Trailing { count } => say::read_problem_trailing(*count),
        ProblemKind::HeaderTooLarge => say::read_problem_header(),
        ProblemKind::IndefiniteLength => say::read_problem_indefinite(),
        ProblemKind::LengthNotShortest => say::read_problem_length(),
        ProblemKind::UnexpectedTag { field, found } => say::read_problem_tag(*field, octet(*found)),
        ProblemKind::Missing { field } => say::read_problem_missing(*field),
        ProblemKind::Unexpected { found } => say::read_problem_unexpected(octet(*found)),
        ProblemKind::WrongForm { field } => say::read_problem_form(*field),
        ProblemKind::Invalid { type_name } => say::read_problem_invalid(*type_name),
        ProblemKind::NotDer { type_name } => say::read_problem_not_der(*type_name),
        ProblemKind::Characters { type_name } => say::read_problem_characters(*type_name),
        ProblemKind::NotInVersion { field } => say::read_problem_version(*field),
        ProblemKind::DefaultEncoded { field } => say::read_problem_default(*field),
        ProblemKind::SerialNumber => say::read_problem_serial(),
        ProblemKind::SerialNumberTooLong => say::read_problem_serial_long(),
        ProblemKind::TimeType => say::read_problem_time(),
        ProblemKind::Structure(_) => say::read_problem_structure(),
        ProblemKind::TooDeep => say::read_problem_deep(),
        ProblemKind::TooMany => say::read_problem_many(),
    }
}

fn octet(octet: u8) -> String {
    format!("{octet:02x}")
}

/// A label of the input, as much of it as a sentence has room for.
fn short(label: &str) -> String {
    fact::shortened(label, 60)
}
