//! Secrets that are only in the response to the creation.

use ngrok_client::types::{ApiKeyCreate, CredentialCreate, CredentialUpdate};

use crate::clients::{All, Run, both};

both! {
    fn a_token_is_shown_once(_server, client) {
        let body = CredentialCreate::new()
            .description("laptop")
            .acl(["bind:*.example.com"])
            .owner_id("usr_1");
        let made = client.credentials().create(&body).run()?;
        let token = made.token.as_ref().unwrap();
        assert_eq!(token.expose().len(), 48);
        assert!(!format!("{made:?}").contains(token.expose()));

        let read = client.credentials().get(&made).run()?;
        assert_eq!(read.token, None);
        assert_eq!(read.acl, ["bind:*.example.com"]);
        assert_eq!(read.owner_id, made.owner_id);
        let update = CredentialUpdate::new().metadata("{}");
        let changed = read.update(client, &update).run()?;
        assert_eq!((changed.token, changed.metadata.as_deref()), (None, Some("{}")));
        let listed = client.credentials().list().all()?;
        assert!(listed.iter().all(|credential| credential.token.is_none()));

        let cleared = read.update(client, &CredentialUpdate::new().acl(Vec::<String>::new())).run()?;
        assert!(cleared.acl.is_empty());
        made.delete(client).run()?;
        assert!(client.credentials().get(&made).run().unwrap_err().is_not_found());
        Ok(())
    }

    fn no_two_tokens_are_the_same(_server, client) {
        let one = client.api_keys().create(&ApiKeyCreate::new()).run()?;
        let two = client.api_keys().create(&ApiKeyCreate::new()).run()?;
        assert_ne!(one.token.unwrap().expose(), two.token.unwrap().expose());
        Ok(())
    }
}
