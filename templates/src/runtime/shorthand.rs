//! Repeated parts of generated files: structs of services, their accessors, setters.
//!
//! Macros only. Each expands to the code that would otherwise be written out, including documentation.

#![allow(unused_macros, reason = "which of them are needed depends on the API")]

/// Defines the struct of a service: a client, and a constructor.
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
                allow(dead_code, reason = "unused without a client")
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

/// Defines the struct of a group of services, and their accessors. A service has the name of its module.
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

/// Defines the accessors of services on either client. A service has the name of its module.
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

/// Implements fetching for IDs and references of a resource, whose service's `get` needs nothing else.
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

/// Defines the struct of a request body, with a setter for each field that is not required. A setter has the
/// documentation and the location of its field.
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

/// Expands to the type of a field of a body.
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

/// Defines the setter of a field of a body, which accepts everything that converts to its value, and for a `Patch`
/// also `Null`.
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
