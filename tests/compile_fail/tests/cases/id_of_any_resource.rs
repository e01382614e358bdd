use ngrok_client::{AnyResource, Id, IntoId};

struct Rule;

fn get_rule(_id: impl IntoId<Rule>) {}

fn main() {
    let owner = Id::<AnyResource>::new("rl_1");
    get_rule(owner.clone().cast::<Rule>());
    get_rule(owner);
}
