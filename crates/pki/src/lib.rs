//! Certificates: explain, verify, issue.
