//! What client and server offer alike.

/// What both parties offer, by way of their connection.
macro_rules! party {
    ($party:ident) => {
        impl $party {
            /// The peer's stream has ended: no more bytes will come.
            ///
            /// # Errors
            /// If the peer did not say close_notify first: data may be missing.
            pub fn receive_end(&mut self) -> Result<(), Error> {
                self.connection.receive_end()
            }

            /// Tells the time, in a connection that lives on: it begins with the time in its
            /// configuration, which connections may share, and knows no other until it is told.
            ///
            /// By it certificates are judged, also those that come after the handshake (RFC 9846
            /// §4.7.2), and the age of tickets is reckoned (RFC 9846 §4.3.11.1).
            pub fn set_now(&mut self, now: UnixSeconds) {
                self.connection.now = now;
            }

            /// The bytes for the wire since it was last asked.
            #[must_use]
            pub fn output(&mut self) -> Vec<u8> {
                self.connection.output()
            }

            /// Sends data of the application.
            ///
            /// # Errors
            /// If the handshake is not complete or the connection is closed.
            pub fn send(&mut self, data: &[u8]) -> Result<(), Error> {
                self.connection.send_data(data)
            }

            /// The data of the application that came since it was last asked; early data is not
            /// among it.
            #[must_use]
            pub fn received(&mut self) -> Vec<u8> {
                self.connection.received()
            }

            /// Says close_notify: nothing more will be sent. In TLS 1.3 a party says it also in
            /// answer, when it has sent what it wants ([`Status::PeerClosed`]).
            pub fn close(&mut self) {
                self.connection.close();
            }

            /// Takes the next keys for what is sent from here on and, if `ask`, wants the peer to
            /// do the same (RFC 9846 §4.7.3). Until it has, it is not asked again.
            ///
            /// # Errors
            /// If the connection is not one of TLS 1.3, or not open.
            #[cfg(feature = "tls13")]
            pub fn update_keys(&mut self, ask: bool) -> Result<(), Error> {
                self.connection.update_keys(ask)
            }

            /// A secret for the application, which both sides get alike from the same label and
            /// context (RFC 9846 §7.5).
            ///
            /// # Errors
            /// If the connection is not one of TLS 1.3 or not that far, or for a length that HKDF
            /// does not give.
            #[cfg(feature = "tls13")]
            pub fn export(
                &mut self,
                label: &str,
                context: &[u8],
                length: usize,
            ) -> Result<Vec<u8>, Error> {
                self.connection.export(label, context, length)
            }

            /// Where the connection stands.
            #[must_use]
            pub fn status(&self) -> &Status {
                self.connection.status()
            }

            /// What both sides will use, once it is agreed.
            #[must_use]
            pub fn agreement(&self) -> Option<&Agreement> {
                self.connection.agreement.as_ref()
            }

            /// What happened since it was last asked; nothing unless the behaviour traces.
            #[must_use]
            pub fn take_events(&mut self) -> Vec<Event> {
                self.connection.take_events()
            }
        }
    };
}
pub(crate) use party;
