//! As much of HTTP/1.1 (RFC 9112) as a test needs: one request, one page, and the end.

/// A request under way.
#[derive(Default)]
pub(crate) struct Request {
    bytes: Vec<u8>,
    complete: bool,
}

impl Request {
    /// The longest head that is waited for.
    const LONGEST: usize = 1 << 16;

    /// Takes more of the request; says whether its head is complete now. What follows is not
    /// looked at.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> bool {
        if self.complete {
            return false;
        }
        self.bytes.extend_from_slice(bytes);
        let ends = |end: &[u8]| self.bytes.windows(end.len()).any(|window| window == end);
        self.complete = ends(b"\r\n\r\n") || ends(b"\n\n") || self.bytes.len() > Self::LONGEST;
        self.complete
    }

    /// The answer: a page that tells what this connection is.
    pub(crate) fn answer(&self, summary: &str) -> Vec<u8> {
        let line = self
            .bytes
            .split(|byte| *byte == b'\r' || *byte == b'\n')
            .next();
        let line = String::from_utf8_lossy(line.unwrap_or_default());
        let page = format!(
            "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>Padlock</title>\n\
             <h1>Padlock's TLS server</h1>\n<p>{}</p>\n<p>You asked: <code>{}</code></p>\n</html>\n",
            escaped(summary),
            escaped(&line),
        );
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\nConnection: close\r\n\r\n",
            page.len(),
        );
        match self.bytes.starts_with(b"HEAD ") {
            true => head.into_bytes(),
            false => (head + &page).into_bytes(),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
