//! What client and server have in common.

use padlock_tls::Status;
use padlock_tls::client::Client;
use padlock_tls::error::Error;
use padlock_tls::server::Server;
use padlock_tls::trace::Agreement;

/// A client or a server.
pub(crate) trait Party {
    fn receive(&mut self, bytes: &[u8]) -> Result<(), Error>;
    fn receive_end(&mut self) -> Result<(), Error>;
    fn output(&mut self) -> Vec<u8>;
    fn send(&mut self, data: &[u8]) -> Result<(), Error>;
    fn received(&mut self) -> Vec<u8>;
    fn close(&mut self);
    fn status(&self) -> &Status;
    fn agreement(&self) -> Option<&Agreement>;
}

macro_rules! party {
    ($($party:ident),*) => {$(
        impl Party for $party {
            fn receive(&mut self, bytes: &[u8]) -> Result<(), Error> {
                self.receive(bytes)
            }
            fn receive_end(&mut self) -> Result<(), Error> {
                self.receive_end()
            }
            fn output(&mut self) -> Vec<u8> {
                self.output()
            }
            fn send(&mut self, data: &[u8]) -> Result<(), Error> {
                self.send(data)
            }
            fn received(&mut self) -> Vec<u8> {
                self.received()
            }
            fn close(&mut self) {
                self.close();
            }
            fn status(&self) -> &Status {
                self.status()
            }
            fn agreement(&self) -> Option<&Agreement> {
                self.agreement()
            }
        }
    )*};
}

party!(Client, Server);
