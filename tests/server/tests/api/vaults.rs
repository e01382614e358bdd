//! Vaults and their secrets: values that are never returned, and a list of resources that belong to another one.

use ngrok_client::types::{
    SecretCreate, SecretCreateRequired, SecretUpdate, VaultCreate, VaultUpdate,
};

use crate::clients::{All, Run, both};
use crate::raw::{request, send};

both! {
    fn secrets_belong_to_their_vault(_server, client) {
        let build = client.vaults().create(&VaultCreate::new("build")).run()?;
        let other = client.vaults().create(&VaultCreate::new("other")).run()?;
        let secret = |name: &str| SecretCreate::new(SecretCreateRequired { name, value: "hidden" });
        let secrets = client.secrets();
        let by_id = secrets.create(&secret("token").vault_id(&build)).run()?;
        let by_name = secrets.create(&secret("key").vault_name("build")).run()?;
        secrets.create(&secret("token").vault_id(&other)).run()?;

        assert_eq!(by_id.vault, by_name.vault);
        assert_eq!(by_id.vault.get(client).run()?, build);
        assert_eq!((by_id.vault_name.as_deref(), by_name.vault_name.as_deref()), (Some("build"), Some("build")));
        let listed = client.vaults().get_secrets_by_vault(&build).all()?;
        assert_eq!(listed, [by_name, by_id.clone()]);
        let pages = client.vaults().get_secrets_by_vault(&build).limit(1).all()?;
        assert_eq!(pages, listed);
        assert!(client.vaults().get_secrets_by_vault("vault_nobody").all().unwrap_err().is_not_found());

        let update = VaultUpdate::new().name("release");
        assert_eq!(build.update(client, &update).run()?.name, "release");
        assert_eq!(secrets.get(&by_id).run()?.vault_name.as_deref(), Some("release"));
        Ok(())
    }

    fn a_value_is_never_returned(server, client) {
        let vault = client.vaults().create(&VaultCreate::new("v")).run()?;
        let body = SecretCreate::new(SecretCreateRequired { name: "token", value: "hidden-value" }).vault_id(&vault);
        let secret = client.secrets().create(&body).run()?;
        let update = SecretUpdate::new().value("other-value").description("new");
        let changed = client.secrets().update(&secret, &update).run()?;
        assert_eq!(changed.description.as_deref(), Some("new"));
        let path = format!("/vault_secrets/{}", secret.id);
        let shown = send(request(server, "GET", &path)).body;
        assert_eq!(shown.get("value"), None);
        assert!(!shown.to_string().contains("-value"), "{shown}");
        Ok(())
    }

    fn a_missing_vault_has_no_secrets(_server, client) {
        let body = SecretCreate::new(SecretCreateRequired { name: "token", value: "hidden" }).vault_name("nowhere");
        let error = client.secrets().create(&body).run().unwrap_err();
        assert_eq!(error.message(), "vault_name is \"nowhere\", which does not exist.");
        Ok(())
    }
}
