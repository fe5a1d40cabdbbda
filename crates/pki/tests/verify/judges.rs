//! Others who judge the same chains: OpenSSL as a process, and rustls-webpki.

use std::time::Duration;

use padlock_pki::pem;
use padlock_pki::verify::{Purpose, Request};
use rustls_pki_types::{CertificateDer, ServerName, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, KeyUsage};

use crate::openssl::OpenSsl;

/// What `openssl verify` says at the same date, for the same name and purpose: nothing, or the
/// number of its first error (`X509_V_ERR_…`).
pub(crate) fn openssl(request: &Request<'_>) -> Result<(), u32> {
    let folder = OpenSsl::new();
    let all = |ders: &[&[u8]]| {
        let blocks = ders.iter().map(|der| pem::encode("CERTIFICATE", der));
        blocks.collect::<String>()
    };
    folder.write("leaf.pem", all(&request.chain[..1]));
    folder.write("rest.pem", all(&request.chain[1..]));
    folder.write("anchors.pem", all(request.anchors));
    let mut command = format!(
        "verify -no-CApath -no-CAstore -CAfile anchors.pem -attime {}",
        request.now.0
    );
    if request.chain.len() > 1 {
        command.push_str(" -untrusted rest.pem");
    }
    command.push_str(match request.purpose {
        Purpose::Server => " -purpose sslserver",
        Purpose::Client => " -purpose sslclient",
    });
    if let Some(name) = request.name {
        let option = match name.parse::<std::net::IpAddr>() {
            Ok(_) => "verify_ip",
            Err(_) => "verify_hostname",
        };
        command.push_str(&format!(" -{option} {name}"));
    }
    folder
        .try_run(&format!("{command} leaf.pem"))
        .map(|_| ())
        .map_err(|printed| {
            let number = printed
                .split("error ")
                .nth(1)
                .and_then(|rest| rest.split(' ').next());
            let number = number.and_then(|number| number.parse().ok());
            number.unwrap_or_else(|| panic!("openssl {command}: {printed}"))
        })
}

/// What rustls-webpki says: nothing, or the name of its error.
pub(crate) fn webpki(request: &Request<'_>) -> Result<(), String> {
    let name_of = |error: webpki::Error| {
        let text = format!("{error:?}");
        let end = text
            .find(|c: char| !c.is_alphanumeric())
            .unwrap_or(text.len());
        text[..end].to_owned()
    };
    let ders: Vec<_> = request
        .chain
        .iter()
        .map(|der| CertificateDer::from(*der))
        .collect();
    let anchors: Vec<_> = request
        .anchors
        .iter()
        .map(|der| CertificateDer::from(*der))
        .collect();
    let anchors: Vec<TrustAnchor<'_>> = anchors
        .iter()
        .filter_map(|der| webpki::anchor_from_trusted_cert(der).ok())
        .collect();
    let leaf = EndEntityCert::try_from(&ders[0]).map_err(name_of)?;
    let usage = match request.purpose {
        Purpose::Server => KeyUsage::server_auth(),
        Purpose::Client => KeyUsage::client_auth(),
    };
    let now = Duration::from_secs(u64::try_from(request.now.0).unwrap());
    leaf.verify_for_usage(
        webpki::ALL_VERIFICATION_ALGS,
        &anchors,
        &ders[1..],
        UnixTime::since_unix_epoch(now),
        usage,
        None,
        None,
    )
    .map_err(name_of)?;
    if let Some(name) = request.name {
        let name = ServerName::try_from(name.to_owned()).unwrap();
        leaf.verify_is_valid_for_subject_name(&name)
            .map_err(name_of)?;
    }
    Ok(())
}
