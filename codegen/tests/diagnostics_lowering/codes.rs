//! Every diagnostic code of lowering has a trap.

use std::collections::BTreeSet;

use ngrok_codegen::diagnostic::{Code, Stage};

use super::{api, fields, names, operations, paths, types};

#[test]
fn each_code_of_lowering_has_its_trap() {
    let of_lowering = Code::ALL.iter().filter(|code| code.stage() != Stage::Reading);
    let of_lowering: BTreeSet<_> = of_lowering.map(|code| code.as_str()).collect();
    let traps = [
        api::CODES,
        fields::CODES,
        names::CODES,
        operations::CODES,
        paths::CODES,
        types::CODES,
    ];
    let covered: BTreeSet<_> = traps.iter().copied().flatten().copied().collect();
    assert_eq!(of_lowering, covered);
}
