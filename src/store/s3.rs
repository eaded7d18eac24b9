//! A bucket of a service with the S3 interface, through `object_store`, which signs, retries and backs off.
//!
//! The environment says how to reach it: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL` and the
//! others that `object_store` reads.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::aws::{AmazonS3, AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, BackoffConfig, ClientConfigKey, GetOptions, ObjectMeta, ObjectStore,
    ObjectStoreExt, PutMode, PutOptions, RetryConfig, UpdateVersion,
};
use tokio::runtime::Runtime;

use super::http::Connector;
use super::s3_faults::{fault, said};
use super::signature::Signatures;
use super::{
    Fetched, Guard, Headers, ListedFile, OURS, STAGING, Standing, Store, StoreError, Version,
    Versioned,
};

/// A bucket.
pub(crate) struct BucketStore {
    store: AmazonS3,
    runtime: Runtime,
    name: String,
    prefix: String,
    checks_certificates: bool,
}

/// Each of these sets of settings is one way to have credentials.
const CREDENTIALS: &[&[AmazonS3ConfigKey]] = &[
    &[
        AmazonS3ConfigKey::AccessKeyId,
        AmazonS3ConfigKey::SecretAccessKey,
    ],
    &[
        AmazonS3ConfigKey::WebIdentityTokenFile,
        AmazonS3ConfigKey::RoleArn,
    ],
    &[AmazonS3ConfigKey::ContainerCredentialsRelativeUri],
    &[AmazonS3ConfigKey::ContainerCredentialsFullUri],
    &[AmazonS3ConfigKey::MetadataEndpoint],
    &[AmazonS3ConfigKey::SkipSignature],
];

/// Waits of 0.2 to 5 seconds between tries, with chance in them; a request is given up after five tries more, or a minute.
const RETRY: RetryConfig = RetryConfig {
    backoff: BackoffConfig {
        init_backoff: Duration::from_millis(200),
        max_backoff: Duration::from_secs(5),
        base: 2.0,
    },
    max_retries: 5,
    retry_timeout: Duration::from_secs(60),
};

/// More paths than this are looked for in a list of all that stands there.
const LISTED: usize = 32;

impl BucketStore {
    /// Opens a bucket; nothing is sent yet.
    pub(crate) fn open(bucket: &str, prefix: &str) -> Result<Self, StoreError> {
        let place = format!("cannot reach s3://{bucket}");
        let builder = AmazonS3Builder::from_env()
            .with_bucket_name(bucket)
            .with_http_connector(Connector)
            .with_crypto_provider(Arc::new(Signatures))
            .with_retry(RETRY);
        let is_set = |key| {
            let value = builder.get_config_value(key).unwrap_or_default();
            !matches!(value.as_str(), "" | "false")
        };
        if !CREDENTIALS.iter().any(|set| set.iter().all(is_set)) {
            return Err(StoreError::setup(
                place,
                "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
            ));
        }
        let checks_certificates = !is_set(&AmazonS3ConfigKey::Client(
            ClientConfigKey::AllowInvalidCertificates,
        ));
        let store = builder
            .build()
            .map_err(|error| StoreError::setup(place.clone(), error))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_time()
            .build();
        let runtime = runtime.map_err(|error| StoreError::failed(place, error))?;
        Ok(Self {
            store,
            runtime,
            name: bucket.to_owned(),
            prefix: prefix.to_owned(),
            checks_certificates,
        })
    }

    fn path(&self, path: &str) -> Result<Path, StoreError> {
        let full = [self.prefix.as_str(), path].join("/");
        Path::parse(full.trim_matches('/')).map_err(|error| {
            StoreError::setup(format!("`{full}` cannot be a name in a bucket"), error)
        })
    }

    fn error(&self, doing: &str, path: &str, error: &object_store::Error) -> StoreError {
        let place = [self.name.as_str(), &self.prefix, path].join("/");
        let place = place.trim_matches('/').replace("//", "/");
        let what = format!("cannot {doing} s3://{place}");
        match fault(error) {
            Some(fault) => StoreError::setup(what, fault),
            None => StoreError::failed(what, said(error)),
        }
    }

    fn send(
        &self,
        location: &Path,
        bytes: Vec<u8>,
        headers: &Headers<'_>,
        mode: PutMode,
    ) -> Result<Option<String>, object_store::Error> {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, headers.media_type.to_owned().into());
        attributes.insert(Attribute::CacheControl, headers.cache.to_owned().into());
        if let Some(disposition) = headers.disposition {
            attributes.insert(Attribute::ContentDisposition, disposition.to_owned().into());
        }
        let options = PutOptions {
            attributes,
            mode,
            ..PutOptions::default()
        };
        let put = self.store.put_opts(location, bytes.into(), options);
        self.runtime.block_on(put).map(|put| put.e_tag)
    }

    /// An object with its tag; none where it does not stand there.
    fn get(&self, path: &str) -> Result<Option<(impl Read + use<>, Option<String>)>, StoreError> {
        let location = self.path(path)?;
        let read = async {
            let found = self.store.get(&location).await?;
            let tag = found.meta.e_tag.clone();
            Ok((Cursor::new(found.bytes().await?), tag))
        };
        match self.runtime.block_on(read) {
            Ok(found) => Ok(Some(found)),
            Err(error @ object_store::Error::NotFound { .. }) if fault(&error).is_none() => {
                Ok(None)
            }
            Err(error) => Err(self.error("read", path, &error)),
        }
    }

    /// What the service says of an object; none where it does not stand there.
    fn head(&self, path: &str) -> Result<Option<ObjectMeta>, StoreError> {
        let location = self.path(path)?;
        match self.runtime.block_on(self.store.head(&location)) {
            Ok(object) => Ok(Some(object)),
            Err(error @ object_store::Error::NotFound { .. }) if fault(&error).is_none() => {
                Ok(None)
            }
            Err(error) => Err(self.error("read", path, &error)),
        }
    }

    /// Whether the object at a path has these bytes: a put whose answer was lost is sent again, and then finds its own object.
    fn holds(&self, path: &str, bytes: &[u8]) -> Result<bool, StoreError> {
        let Some(mut standing) = self.read(path)? else {
            return Ok(false);
        };
        let mut found = Vec::new();
        let read = standing.read_to_end(&mut found);
        Ok(read.is_ok() && found == bytes)
    }

    /// The objects below a path, by what follows it.
    fn list_below(&self, below: &str) -> Result<BTreeMap<String, u64>, StoreError> {
        let prefix = self.path(below)?;
        let start = match prefix.as_ref() {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        let objects = self.store.list(Some(&prefix)).map_ok(|object| {
            let path = object.location.as_ref();
            (
                path.strip_prefix(&start).unwrap_or(path).to_owned(),
                object.size,
            )
        });
        let found = self.runtime.block_on(objects.try_collect());
        found.map_err(|error| self.error("list", below, &error))
    }

    fn delete(&self, paths: impl Iterator<Item = Path>) -> Result<(), object_store::Error> {
        let paths: Vec<_> = paths.collect();
        let deleted = self
            .store
            .delete_stream(stream::iter(paths).map(Ok).boxed());
        let outcome = self
            .runtime
            .block_on(deleted.try_for_each(|_| std::future::ready(Ok(()))));
        match outcome {
            Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

impl Store for BucketStore {
    fn read(&self, path: &str) -> Result<Option<Box<dyn Read>>, StoreError> {
        Ok(self.get(path)?.map(|(bytes, _)| Box::new(bytes) as _))
    }

    fn read_version(&self, path: &str) -> Result<Option<Versioned>, StoreError> {
        let Some((bytes, tag)) = self.get(path)? else {
            return Ok(None);
        };
        let Some(tag) = tag else {
            let what = format!("cannot read s3://{}/{path}", self.name);
            return Err(StoreError::setup(
                what,
                "the service names no version (ETag)",
            ));
        };
        Ok(Some((Box::new(bytes), Version(tag))))
    }

    fn fetch(&self, path: &str, limit: u64) -> Result<Option<Fetched>, StoreError> {
        let location = self.path(path)?;
        // One request: what is longer than the limit is not sent.
        let options = GetOptions::new().with_range(Some(0..limit));
        let read = async {
            let found = self.store.get_opts(&location, options).await?;
            let tag = found.meta.e_tag.clone();
            Ok((found.bytes().await?.to_vec(), tag))
        };
        match self.runtime.block_on(read) {
            Ok(found) => Ok(Some(found)),
            Err(error @ object_store::Error::NotFound { .. }) if fault(&error).is_none() => {
                Ok(None)
            }
            // Of an object without a byte no range can be had.
            Err(error) => match self.head(path)? {
                Some(object) if object.size == 0 => Ok(Some((Vec::new(), object.e_tag))),
                _ => Err(self.error("read", path, &error)),
            },
        }
    }

    fn each(&self, take: &mut dyn FnMut(ListedFile) -> ControlFlow<()>) -> Result<(), StoreError> {
        let prefix = self.path("")?;
        let start = match prefix.as_ref() {
            "" => String::new(),
            prefix => format!("{prefix}/"),
        };
        let mut objects = self.store.list(Some(&prefix));
        while let Some(object) = self.runtime.block_on(objects.next()) {
            let object = object.map_err(|error| self.error("list", "", &error))?;
            let path = object.location.as_ref();
            let file = ListedFile {
                path: path.strip_prefix(&start).unwrap_or(path).to_owned(),
                size: object.size,
                tag: object.e_tag,
            };
            if take(file).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn list_folder(&self, folder: &str) -> Result<BTreeMap<String, u64>, StoreError> {
        self.list_below(folder)
    }

    fn begin_shared(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn begin(&self) -> Result<(), StoreError> {
        Ok(())
    }

    fn staged(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        self.list_below(STAGING)
    }

    fn stage(&self, name: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError> {
        self.put(&format!("{STAGING}/{name}"), bytes, headers)
    }

    fn sync(&self) -> Result<(), StoreError> {
        Ok(())
    }

    /// Copies: a bucket cannot rename. The copy keeps the headers of what it copies.
    fn promote(&self, name: &str, path: &str) -> Result<(), StoreError> {
        let from = self.path(&format!("{STAGING}/{name}"))?;
        let to = self.path(path)?;
        self.runtime
            .block_on(self.store.copy(&from, &to))
            .map_err(|error| self.error("put", path, &error))
    }

    fn discard(&self, names: &BTreeSet<String>) -> Result<(), StoreError> {
        let paths: Result<Vec<Path>, _> = names
            .iter()
            .map(|name| self.path(&format!("{STAGING}/{name}")))
            .collect();
        self.delete(paths?.into_iter())
            .map_err(|error| self.error("remove files from", STAGING, &error))
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: &Headers<'_>) -> Result<(), StoreError> {
        let location = self.path(path)?;
        self.send(&location, bytes, headers, PutMode::Overwrite)
            .map(drop)
            .map_err(|error| self.error("put", path, &error))
    }

    fn put_version(
        &self,
        path: &str,
        bytes: Vec<u8>,
        headers: &Headers<'_>,
    ) -> Result<Version, StoreError> {
        let location = self.path(path)?;
        let sent = self.send(&location, bytes, headers, PutMode::Overwrite);
        let tag = sent.map_err(|error| self.error("put", path, &error))?;
        // A service that names no tag gives none to compare with either.
        Ok(Version(tag.unwrap_or_else(|| "untagged".to_owned())))
    }

    fn put_all(
        &self,
        files: Vec<(String, Vec<u8>)>,
        headers: &Headers<'_>,
    ) -> Result<(), StoreError> {
        let next = AtomicUsize::new(0);
        let failed: Mutex<Option<StoreError>> = Mutex::new(None);
        let work = || {
            while let Some((path, bytes)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(error) = self.put(path, bytes.clone(), headers) {
                    next.store(files.len(), Ordering::Relaxed);
                    let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                    failed.get_or_insert(error);
                }
            }
        };
        thread::scope(|scope| {
            for _ in 0..self.concurrency().min(files.len()) {
                scope.spawn(work);
            }
        });
        let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        failed.map_or(Ok(()), Err)
    }

    fn version(&self, path: &str) -> Result<Option<Version>, StoreError> {
        let tag = self.head(path)?.and_then(|object| object.e_tag);
        Ok(tag.map(Version))
    }

    fn put_if(
        &self,
        path: &str,
        bytes: Vec<u8>,
        headers: &Headers<'_>,
        expected: Option<&Version>,
    ) -> Result<Option<Version>, StoreError> {
        use object_store::Error::{AlreadyExists, Precondition};
        let location = self.path(path)?;
        let mode = match expected {
            None => PutMode::Create,
            Some(Version(tag)) => PutMode::Update(UpdateVersion {
                e_tag: Some(tag.clone()),
                version: None,
            }),
        };
        match self.send(&location, bytes.clone(), headers, mode) {
            Ok(tag) => match tag {
                Some(tag) => Ok(Some(Version(tag))),
                None => self.version(path),
            },
            Err(AlreadyExists { .. } | Precondition { .. }) => match self.holds(path, &bytes)? {
                true => self.version(path),
                false => Ok(None),
            },
            Err(error) => Err(self.error("put", path, &error)),
        }
    }

    fn written_at(&self, path: &str) -> Result<Option<u64>, StoreError> {
        let object = self.head(path)?;
        let seconds = object.map(|object| object.last_modified.timestamp());
        Ok(seconds.map(|seconds| u64::try_from(seconds).unwrap_or(0)))
    }

    fn guard(&self) -> Guard {
        Guard::Conditions
    }

    fn remove(&self, paths: &[&str]) -> Result<(), StoreError> {
        let found: Result<Vec<Path>, _> = paths.iter().map(|path| self.path(path)).collect();
        self.delete(found?.into_iter())
            .map_err(|error| self.error("remove files from", "", &error))
    }

    fn list(&self) -> Result<BTreeMap<String, u64>, StoreError> {
        let mut found = self.list_below("")?;
        found.retain(|path, _| !path.starts_with(OURS));
        Ok(found)
    }

    fn standing_at(&self, paths: &[&str]) -> Result<BTreeMap<String, Standing>, StoreError> {
        // Many paths are found sooner in a list of all; few are asked for one by one.
        if paths.len() > LISTED {
            let wanted: BTreeSet<&str> = paths.iter().copied().collect();
            let found = self.list()?.into_iter();
            let found = found.filter(|(path, _)| wanted.contains(path.as_str()));
            return Ok(found
                .map(|(path, size)| (path, Standing::File(size)))
                .collect());
        }
        let mut found = BTreeMap::new();
        for path in paths {
            if let Some(object) = self.head(path)? {
                found.insert((*path).to_owned(), Standing::File(object.size));
            }
        }
        Ok(found)
    }

    fn is_empty(&self) -> Result<bool, StoreError> {
        let prefix = self.path("")?;
        let list = self.store.list_with_delimiter(Some(&prefix));
        let found = self
            .runtime
            .block_on(list)
            .map_err(|error| self.error("list", "", &error))?;
        let ours = self.path(STAGING)?;
        let is_ours = |object: &ObjectMeta| {
            let name = object.location.filename();
            name.is_some_and(|name| name.starts_with(OURS))
        };
        Ok(found.objects.iter().all(is_ours)
            && found.common_prefixes.iter().all(|path| *path == ours))
    }

    fn caution(&self) -> Option<&'static str> {
        (!self.checks_certificates).then_some(
            "AWS_ALLOW_INVALID_CERTIFICATES is set: anybody on the way can read and change what is sent, credentials included",
        )
    }

    fn concurrency(&self) -> usize {
        16
    }
}
