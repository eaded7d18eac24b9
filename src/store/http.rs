//! The HTTP client beneath a bucket: `ureq` for `object_store`, whose own client would bring a hundred crates and cmake.
//!
//! A request blocks its thread until the whole answer is there. That is no loss: every request is driven by a thread of its
//! own that waits for it. And an answer that breaks off in its middle is a failed request, which `object_store` then repeats.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use http::{Response, Uri, header};
use http_body_util::BodyExt;
use object_store::ClientOptions;
use object_store::client::{
    ClientConfigKey, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest,
    HttpResponse, HttpResponseBody, HttpService,
};
use rustls::crypto::ring;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Error};

/// How long a connection may take, and a whole request.
const CONNECT: Duration = Duration::from_secs(10);
const REQUEST: Duration = Duration::from_secs(5 * 60);

/// The largest answer that is read, in bytes: far above the manifest of any site.
const LARGEST: u64 = 1 << 30;

/// Makes clients that follow no redirect and trust the certificates that the machine trusts.
#[derive(Debug)]
pub(super) struct Connector;

impl HttpConnector for Connector {
    fn connect(&self, options: &ClientOptions) -> object_store::Result<HttpClient> {
        let is_set = |key| options.get_config_value(&key).is_some_and(|v| v == "true");
        let tls = TlsConfig::builder()
            .unversioned_rustls_crypto_provider(Arc::new(ring::default_provider()))
            .root_certs(roots())
            .disable_verification(is_set(ClientConfigKey::AllowInvalidCertificates))
            .build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .https_only(!is_set(ClientConfigKey::AllowHttp))
            // A redirect would take the session token along to whatever host it names.
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(REQUEST))
            .build()
            .new_agent();
        Ok(HttpClient::new(Client(agent)))
    }
}

/// The certificates of the machine, or of `SSL_CERT_FILE` and `SSL_CERT_DIR`.
fn roots() -> RootCerts {
    let found = rustls_native_certs::load_native_certs();
    let certificates = found.certs.iter();
    RootCerts::from(certificates.map(|one| Certificate::from_der(one).to_owned()))
}

#[derive(Debug)]
struct Client(Agent);

#[async_trait]
impl HttpService for Client {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let (parts, body) = request.into_parts();
        let body = body.collect().await?.to_bytes();
        let permits_body = !matches!(parts.method.as_str(), "GET" | "HEAD" | "DELETE");
        let answer = if permits_body || !body.is_empty() {
            self.0.run(http::Request::from_parts(parts, &body[..]))
        } else {
            self.0.run(http::Request::from_parts(parts, ()))
        };
        let answer = answer.map_err(failed)?;
        refuse_redirect(&answer)?;
        let (parts, body) = answer.into_parts();
        let mut bytes = Vec::new();
        let read = body
            .into_with_config()
            .limit(LARGEST)
            .reader()
            .read_to_end(&mut bytes);
        read.map_err(|error| HttpError::new(HttpErrorKind::Interrupted, error))?;
        let body = HttpResponseBody::from(bytes);
        Ok(Response::from_parts(parts, body))
    }
}

/// The service sends the request on.
#[derive(Debug, thiserror::Error)]
#[error("the service redirects to {}", host.as_deref().unwrap_or("another address"))]
struct Redirected {
    host: Option<String>,
}

fn refuse_redirect<B>(answer: &Response<B>) -> Result<(), HttpError> {
    let status = answer.status();
    if !status.is_redirection() || status == http::StatusCode::NOT_MODIFIED {
        return Ok(());
    }
    let to = answer.headers().get(header::LOCATION);
    let to = to.and_then(|to| to.to_str().ok()?.parse::<Uri>().ok());
    let host = to.and_then(|to| to.host().map(str::to_owned));
    Err(HttpError::new(HttpErrorKind::Unknown, Redirected { host }))
}

/// What failed, in the terms that decide whether `object_store` tries again.
fn failed(error: Error) -> HttpError {
    use std::io::ErrorKind::{ConnectionRefused, InvalidData, TimedOut};
    let kind = match &error {
        Error::Timeout(_) => HttpErrorKind::Timeout,
        Error::HostNotFound | Error::ConnectionFailed => HttpErrorKind::Connect,
        Error::Io(error) => match error.kind() {
            TimedOut => HttpErrorKind::Timeout,
            ConnectionRefused => HttpErrorKind::Connect,
            // What rustls found wrong with a certificate comes as this, and does not pass.
            InvalidData => HttpErrorKind::Unknown,
            _ => HttpErrorKind::Interrupted,
        },
        Error::Protocol(_) | Error::BodyStalled => HttpErrorKind::Interrupted,
        _ => HttpErrorKind::Unknown,
    };
    HttpError::new(kind, error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, location: Option<&str>) -> Response<()> {
        let mut builder = Response::builder().status(status);
        if let Some(location) = location {
            builder = builder.header(header::LOCATION, location);
        }
        builder.body(()).expect("an answer")
    }

    #[test]
    fn a_redirect_is_refused_and_its_host_is_told() {
        let refused = |status, location| refuse_redirect(&answer(status, location));
        assert!(refused(200, None).is_ok());
        assert!(refused(304, None).is_ok());
        let error = refused(307, Some("https://elsewhere.example/b/k?x=1"));
        let error = error.expect_err("a redirect is refused");
        assert_eq!(error.kind(), HttpErrorKind::Unknown);
        assert!(
            error
                .to_string()
                .ends_with("the service redirects to elsewhere.example")
        );
        assert!(refused(301, None).is_err());
    }
}
