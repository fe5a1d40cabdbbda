//! Scenarios, and a trace told in words.
