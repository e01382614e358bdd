use ngrok_client::{Id, IntoId, Resource};

struct Policy(Id<Policy>);

struct Rule(Id<Rule>);

impl Resource for Policy {
    const PREFIX: &'static str = "pol";

    fn id(&self) -> &Id<Self> {
        &self.0
    }
}

impl Resource for Rule {
    const PREFIX: &'static str = "rl";

    fn id(&self) -> &Id<Self> {
        &self.0
    }
}

fn get_rule(_id: impl IntoId<Rule>) {}

fn main() {
    let policy = Policy(Id::new("pol_1"));
    get_rule(&policy.0);
    get_rule(&policy);
}
