//! Reserved domains, and the removal of their parts.

use ngrok_client::types::{
    AcmeAuthority, CertificateKeyType, PointOfPresence, ReservedDomainCertPolicy,
    ReservedDomainCreate, ReservedDomainResolvesToEntry, ReservedDomainUpdate,
    TlsCertificateCreate, TlsCertificateCreateRequired,
};

use crate::clients::{Run, both};

both! {
    fn a_certificate_is_attached_and_detached(_server, client) {
        let domains = client.reserved_domains();
        let certificate = TlsCertificateCreate::new(TlsCertificateCreateRequired { certificate_pem: "-----BEGIN CERTIFICATE-----", private_key_pem: "-----BEGIN PRIVATE KEY-----" });
        let certificate = client.tls_certificates().create(&certificate).run()?;
        let body = ReservedDomainCreate::new("app.example.com").certificate_id(&certificate);
        let domain = domains.create(&body).run()?;
        let attached = domain.certificate.as_ref().unwrap();
        assert_eq!(attached.get(client).run()?, certificate);
        assert_eq!(domain.certificate_management_policy, None);

        domains.delete_certificate(&domain).run()?;
        let bare = domains.get(&domain).run()?;
        assert_eq!((bare.certificate, bare.domain.as_str()), (None, "app.example.com"));
        assert!(domains.delete_certificate(&domain).run().unwrap_err().is_not_found());

        let update = ReservedDomainUpdate::new().certificate_id(&certificate);
        let again = domains.update(&domain, &update).run()?;
        assert_eq!(again.certificate, domain.certificate);
        domain.delete(client).run()?;
        assert!(domains.delete_certificate(&domain).run().unwrap_err().is_not_found());
        Ok(())
    }

    fn a_certificate_policy_has_defaults(_server, client) {
        let domains = client.reserved_domains();
        let policy = ReservedDomainCertPolicy::new().authority(AcmeAuthority::Letsencrypt);
        let body = ReservedDomainCreate::new("a.test").certificate_management_policy(policy);
        let domain = domains.create(&body).run()?;
        let policy = domain.certificate_management_policy.as_ref().unwrap();
        assert_eq!(policy.private_key_type, Some(CertificateKeyType::Ecdsa));
        assert_eq!(domain.certificate_management_status, None);
        domains.delete_certificate_management_policy(&domain).run()?;
        assert_eq!(domains.get(&domain).run()?.certificate_management_policy, None);
        Ok(())
    }

    fn an_empty_list_clears(_server, client) {
        let domains = client.reserved_domains();
        let entry = ReservedDomainResolvesToEntry::new().value(PointOfPresence::Eu);
        let body = ReservedDomainCreate::new("a.test").resolves_to([&entry]);
        let domain = domains.create(&body).run()?;
        assert_eq!(domain.resolves_to, [entry]);
        let none = Vec::<ReservedDomainResolvesToEntry>::new();
        let update = ReservedDomainUpdate::new().resolves_to(none);
        assert!(domains.update(&domain, &update).run()?.resolves_to.is_empty());
        Ok(())
    }
}
