//! What would repeat in every generated file: the structs of services, the methods that lead to them, setters.
//!
//! Macros only. Each expands to what a person would otherwise write out, documentation included.

#![allow(unused_macros, reason = "which of them are needed depends on the API")]

/// The struct of a service: a client, and a way to make one from it.
macro_rules! service {
    ($(#[$docs:meta])* $Service:ident) => {
        $(#[$docs])*
        #[derive(Clone, Debug)]
        pub struct $Service<C> {
            client: C,
        }

        impl<C: $crate::runtime::ApiClient> $Service<C> {
            #[cfg_attr(
                not(any(feature = "async", feature = "blocking")),
                allow(dead_code, reason = "without a client nothing leads here")
            )]
            pub(crate) fn new(client: &C) -> Self {
                Self { client: ::std::clone::Clone::clone(client) }
            }
        }
    };
}
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use service;

/// The struct of a folder of services, and the methods that lead on. A service is called like its module.
macro_rules! group {
    ($(#[$docs:meta])* $Group:ident { $($(#[$attr:meta])* $module:ident::$Service:ident;)* }) => {
        $crate::runtime::service! { $(#[$docs])* $Group }

        impl<C: $crate::runtime::ApiClient> $Group<C> {
            $(
                $(#[$attr])*
                #[must_use]
                pub fn $module(&self) -> $module::$Service<C> {
                    $module::$Service::new(&self.client)
                }
            )*
        }
    };
}
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use group;

/// The methods that lead from either client to its services. A service is called like its module.
macro_rules! client_services {
    ($($(#[$attr:meta])* $module:ident::$Service:ident;)*) => {
        #[cfg(feature = "async")]
        impl $crate::runtime::Client {
            $(
                $(#[$attr])*
                #[must_use]
                pub fn $module(&self) -> $crate::resources::$module::$Service<Self> {
                    $crate::resources::$module::$Service::new(self)
                }
            )*
        }

        #[cfg(feature = "blocking")]
        impl $crate::runtime::blocking::Client {
            $(
                $(#[$attr])*
                #[must_use]
                pub fn $module(&self) -> $crate::resources::$module::$Service<Self> {
                    $crate::resources::$module::$Service::new(self)
                }
            )*
        }
    };
}
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use client_services;

/// Makes ids and references of a resource something that can be followed: its service's `get` needs nothing else.
macro_rules! fetch {
    ($Resource:ident from $Service:ident) => {
        impl $crate::runtime::Fetch for $Resource {
            fn fetch<C: $crate::runtime::ApiClient>(
                client: &C,
                id: &$crate::runtime::Id<Self>,
            ) -> $crate::runtime::Call<Self, C> {
                $Service::new(client).get(id)
            }
        }
    };
}
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use fetch;

/// The struct of a request body, with a setter for each field that is not required. A setter has the documentation and the
/// place of its field.
macro_rules! body {
    ($(#[$docs:meta])* $Type:ident {
        $($(#[$attr:meta])* $field:ident: $Wrapper:ident<$Value:ty>),* $(,)?
    }) => {
        $(#[$docs])*
        #[must_use]
        #[non_exhaustive]
        pub struct $Type {
            $($(#[$attr])* pub $field: $crate::runtime::field_type!($Wrapper $Value),)*
        }

        #[allow(clippy::should_implement_trait, reason = "a field may be called `add` or `not`")]
        impl $Type {
            $($crate::runtime::setter! { $Wrapper $(#[$attr])* $field: $Value })*
        }
    };
}
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use body;

/// The type of a field of a body.
macro_rules! field_type {
    (Required $Value:ty) => { $Value };
    (Option $Value:ty) => { ::std::option::Option<$Value> };
    (Patch $Value:ty) => { $crate::runtime::Patch<$Value> };
}
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use field_type;

/// The setter of a field of a body, which accepts what can become its value, and for a `Patch` also `Null`.
macro_rules! setter {
    (Required $(#[$attr:meta])* $field:ident: $Value:ty) => {};
    (Option $(#[$attr:meta])* $field:ident: $Value:ty) => {
        #[doc = ::std::concat!("Sets `", ::std::stringify!($field), "`.")]
        ///
        $(#[$attr])*
        pub fn $field(mut self, $field: impl $crate::runtime::IntoOption<$Value>) -> Self {
            self.$field = $field.into_option();
            self
        }
    };
    (Patch $(#[$attr:meta])* $field:ident: $Value:ty) => {
        #[doc = ::std::concat!("Sets `", ::std::stringify!($field), "`.")]
        ///
        $(#[$attr])*
        pub fn $field(mut self, $field: impl $crate::runtime::IntoPatch<$Value>) -> Self {
            self.$field = $field.into_patch();
            self
        }
    };
}
#[allow(
    unused_imports,
    reason = "for generated modules; a crate without resources has none"
)]
pub(crate) use setter;
