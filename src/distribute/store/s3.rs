//! A bucket of a service with the S3 interface, through `object_store`, which signs, retries and backs off.
//!
//! The environment says how to reach it: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL` and the
//! others that `object_store` reads.

use std::env;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientOptions, ObjectStore, ObjectStoreExt, PutOptions,
    RetryConfig,
};
use tokio::runtime::Runtime;

use super::{Headers, Store, StoreError};

/// A bucket.
pub(super) struct Bucket {
    store: AmazonS3,
    runtime: Runtime,
    name: String,
    prefix: String,
}

/// Each of these sets of variables is one way to have credentials.
const CREDENTIALS: &[&[&str]] = &[
    &["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
    &["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
    &["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
    &["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
    &["AWS_METADATA_ENDPOINT"],
    &["AWS_SKIP_SIGNATURE"],
];

/// So many characters of what a service said are shown.
const SAID: usize = 400;

impl Bucket {
    /// Opens a bucket; nothing is sent yet.
    pub(super) fn open(bucket: &str, prefix: &str) -> Result<Self, StoreError> {
        let place = format!("cannot reach s3://{bucket}");
        let is_set = |name: &&str| env::var_os(name).is_some_and(|value| !value.is_empty());
        if !CREDENTIALS.iter().any(|set| set.iter().all(is_set)) {
            return Err(StoreError::new(
                place,
                "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            ));
        }
        let retry = RetryConfig {
            backoff: BackoffConfig {
                init_backoff: Duration::from_millis(200),
                max_backoff: Duration::from_secs(5),
                base: 2.0,
            },
            max_retries: 5,
            retry_timeout: Duration::from_secs(60),
        };
        let client = ClientOptions::new()
            .with_connect_timeout(Duration::from_secs(10))
            .with_timeout(Duration::from_secs(120))
            .with_allow_http(
                env::var("AWS_ALLOW_HTTP").is_ok_and(|value| value == "true" || value == "1"),
            );
        let builder = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_retry(retry)
            .with_client_options(client);
        let store = builder
            .build()
            .map_err(|error| StoreError::new(place.clone(), error))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build();
        let runtime = runtime.map_err(|error| StoreError::new(place, error))?;
        Ok(Self {
            store,
            runtime,
            name: bucket.to_owned(),
            prefix: prefix.to_owned(),
        })
    }

    fn path(&self, path: &str) -> Result<Path, StoreError> {
        let full = if self.prefix.is_empty() {
            path.to_owned()
        } else {
            format!("{}/{path}", self.prefix)
        };
        Path::parse(&full)
            .map_err(|error| StoreError::new(format!("`{full}` is no name for an object"), error))
    }

    fn error(&self, doing: &str, path: &str, error: &object_store::Error) -> StoreError {
        let what = format!(
            "cannot {doing} s3://{}/{}",
            self.name,
            [self.prefix.as_str(), path].join("/").trim_matches('/')
        );
        StoreError::new(what, reason(error))
    }
}

/// What went wrong, in words for the person at the keyboard, then what the service said.
fn reason(error: &object_store::Error) -> String {
    use object_store::Error;
    let mut said = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !said.contains(&cause_text) {
            said = format!("{said}: {cause_text}");
        }
        source = cause.source();
    }
    let plain = match error {
        _ if said.contains("NoSuchBucket") => "there is no such bucket",
        Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => {
            "the credentials were refused"
        }
        Error::NotFound { .. } => "it is not there",
        _ => "the service did not answer as it should, retries included",
    };
    format!(
        "{plain} ({})",
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    )
}

impl Store for Bucket {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let location = self.path(path)?;
        let read = async {
            let found = self.store.get(&location).await?;
            found.bytes().await
        };
        match self.runtime.block_on(read) {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(error @ object_store::Error::NotFound { .. }) => {
                let missing = self.error("read", path, &error);
                if missing.reason.contains("no such bucket") {
                    Err(missing)
                } else {
                    Ok(None)
                }
            }
            Err(error) => Err(self.error("read", path, &error)),
        }
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError> {
        let location = self.path(path)?;
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, headers.media_type.to_owned().into());
        attributes.insert(Attribute::CacheControl, headers.cache.to_owned().into());
        if let Some(disposition) = headers.disposition {
            attributes.insert(Attribute::ContentDisposition, disposition.to_owned().into());
        }
        let options = PutOptions {
            attributes,
            ..PutOptions::default()
        };
        let put = self.store.put_opts(&location, bytes.into(), options);
        self.runtime
            .block_on(put)
            .map(drop)
            .map_err(|error| self.error("put", path, &error))
    }

    fn remove(&self, path: &str) -> Result<(), StoreError> {
        let location = self.path(path)?;
        match self.runtime.block_on(self.store.delete(&location)) {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.error("remove", path, &error)),
        }
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        let prefix = (!self.prefix.is_empty()).then(|| Path::from(self.prefix.as_str()));
        let list = self.store.list_with_delimiter(prefix.as_ref());
        let found = self
            .runtime
            .block_on(list)
            .map_err(|error| self.error("list", "", &error))?;
        Ok(found.objects.is_empty() && found.common_prefixes.is_empty())
    }

    fn width(&self) -> usize {
        8
    }
}
