use ngrok_client::{Id, IntoValue};

struct Policy;

struct Rule;

fn rule_ids(_ids: impl IntoValue<Vec<Id<Rule>>>) {}

fn main() {
    let policies = [Id::<Policy>::new("pol_1")];
    rule_ids(&policies);
}
