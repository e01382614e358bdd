use ngrok_client::{IntoId, Ref};

struct Policy;

struct Rule;

fn get_rule(_id: impl IntoId<Rule>) {}

fn main() {
    let policy = Ref::<Policy>::default();
    get_rule(&policy);
}
