/// Bytes that arrive at the end and are taken from the start, each moved a bounded number of times.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    bytes: Vec<u8>,
    /// How many of the bytes are already taken.
    taken: usize,
}

/// What is kept allocated when the queue runs empty: a few records.
const KEPT: usize = 1 << 16;

impl Queue {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        // Closing the gap moves no more bytes than were taken since the last time.
        if self.taken > 0 && self.taken >= self.bytes.len() - self.taken {
            self.bytes.drain(..self.taken);
            self.taken = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Everything that is not yet taken.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes[self.taken..]
    }

    /// Takes `count` bytes, or all if there are fewer.
    pub(super) fn take(&mut self, count: usize) {
        self.taken = self.bytes.len().min(self.taken + count);
        if self.taken == self.bytes.len() {
            self.clear();
        }
    }

    pub(super) fn clear(&mut self) {
        self.taken = 0;
        self.bytes.clear();
        self.bytes.shrink_to(KEPT);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_what_was_pushed_in_its_order() {
        let mut queue = Queue::default();
        let (mut pushed, mut next) = (0_u8, 0_u8);
        // Pushes of 7 and takes of 5 leave a rest that grows, then it is drained.
        for _ in 0..30 {
            let bytes: Vec<u8> = (pushed..pushed + 7).collect();
            queue.push(&bytes);
            pushed += 7;
            assert_eq!(queue.bytes()[..5], [0, 1, 2, 3, 4].map(|i| next + i));
            queue.take(5);
            next += 5;
        }
        assert_eq!(queue.bytes(), (next..pushed).collect::<Vec<u8>>());
        queue.take(1000);
        assert_eq!(queue.bytes(), []);
    }

    #[test]
    fn keeps_little_when_it_is_empty() {
        let mut queue = Queue::default();
        queue.push(&vec![1; 1 << 20]);
        queue.take((1 << 20) - 1);
        queue.push(&[2]);
        assert_eq!(queue.bytes(), [1, 2]);
        queue.take(2);
        assert!(queue.bytes.capacity() <= KEPT);
    }
}
