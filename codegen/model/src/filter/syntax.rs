//! The syntax of filters. Takes a string; returns an expression, or the position and cause of the error. Knows no functions or names.

use super::tokens::{Token, Tokens};
use super::{Call, Expression, Filter, Part, SyntaxError};

/// Maximum nesting of parentheses, lists, arguments and signs.
const DEEPEST: usize = 64;

/// Binary operators by increasing precedence; those on one line are left-associative.
const LEVELS: [&[&str]; 5] = [
    &["||"],
    &["&&"],
    &["<", "<=", "==", "!=", ">=", ">", "in"],
    &["+", "-"],
    &["*", "/", "%"],
];

/// Number of levels whose operators join any number of conditions.
const LOGICAL: usize = 2;

/// Parses a filter.
#[must_use]
pub fn parse(text: &str) -> Filter {
    let mut parser = Parser { tokens: Tokens::read(text), depth: 0, parts: Vec::new() };
    let expression = parser.expression();
    let expression =
        expression.and_then(|expression| parser.tokens.finish().map(|()| expression));
    Filter { expression, parts: parser.parts }
}

struct Parser {
    tokens: Tokens,
    depth: usize,
    /// What the filter uses of the API.
    parts: Vec<Part>,
}

type Parsed = Result<Expression, SyntaxError>;

impl Parser {
    fn expression(&mut self) -> Parsed {
        self.nested(|parser| {
            let condition = parser.binary(0)?;
            let Some(at) = parser.tokens.take("?") else { return Ok(condition) };
            parser.uses(at, "?:", Some(Call::Operator));
            let yes = parser.binary(0)?;
            parser.tokens.expect(":")?;
            let no = parser.expression()?;
            Ok(operator("?:", vec![condition, yes, no]))
        })
    }

    fn binary(&mut self, level: usize) -> Parsed {
        let Some(operators) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        let mut length = 0;
        let next = |tokens: &mut Tokens| {
            operators.iter().find_map(|name| Some((tokens.take(name)?, *name)))
        };
        while let Some((at, name)) = next(&mut self.tokens) {
            self.uses(at, name, Some(Call::Operator));
            let right = self.binary(level + 1)?;
            left = match left {
                // A chain of any length needs no parentheses.
                Expression::Call {
                    kind: Call::Operator,
                    name: before,
                    mut operands,
                } if length > 0 && level < LOGICAL && before == name => {
                    operands.push(right);
                    Expression::Call { kind: Call::Operator, name: before, operands }
                }
                left => {
                    length = self.chained(length)?;
                    operator(name, vec![left, right])
                }
            };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        for name in ["!", "-"] {
            if let Some(at) = self.tokens.take(name) {
                return self.nested(|parser| {
                    let before = parser.parts.len();
                    let applied = operator(name, vec![parser.unary()?]);
                    // The sign of a number is part of the number.
                    if !matches!(applied, Expression::Literal(_)) {
                        let part = Part::new(at, name, Some(Call::Operator));
                        parser.parts.insert(before, part);
                    }
                    Ok(applied)
                });
            }
        }
        self.member()
    }

    /// Parses an operand with its fields and methods.
    fn member(&mut self) -> Parsed {
        let start = self.tokens.at();
        let mut inner = self.primary()?;
        let mut dotted = match &inner {
            Expression::Name(name) => Some(name.clone()),
            _ => None,
        };
        let mut length = 0;
        loop {
            length = self.chained(length)?;
            if let Some(dot) = self.tokens.take(".") {
                let at = self.tokens.at();
                let name = self.tokens.name()?;
                if let Some(open) = self.tokens.take("(") {
                    let receiver = dotted.take();
                    if let Some(name) = &receiver {
                        self.uses(start, name, None);
                    }
                    let part = Part::new(at, &name, Some(Call::Method));
                    self.parts.push(Part { receiver, ..part });
                    let mut operands = vec![inner];
                    operands.extend(self.list(("(", open), ")")?);
                    inner = Expression::Call { kind: Call::Method, name, operands };
                    continue;
                }
                match &mut dotted {
                    Some(dotted) => dotted.extend([".", &name]),
                    None => self.uses(dot, ".", Some(Call::Operator)),
                }
                inner = Expression::Field(Box::new(inner), name);
            } else if let Some(open) = self.tokens.take("[") {
                if let Some(name) = dotted.take() {
                    self.uses(start, &name, None);
                }
                self.uses(open, "[]", Some(Call::Operator));
                let index = self.expression()?;
                self.tokens.close(("[", open), "]")?;
                inner = operator("[]", vec![inner, index]);
            } else {
                if let Some(name) = dotted {
                    self.uses(start, &name, None);
                }
                return Ok(inner);
            }
        }
    }

    fn primary(&mut self) -> Parsed {
        let at = self.tokens.at();
        if self.tokens.take("(").is_some() {
            let inner = self.expression()?;
            self.tokens.close(("(", at), ")")?;
            return Ok(inner);
        }
        if self.tokens.take("[").is_some() {
            return Ok(Expression::List(self.list(("[", at), "]")?));
        }
        if self.tokens.take("{").is_some() {
            return self.map(at);
        }
        if let Some(Token::Literal(value)) = self.tokens.peek() {
            let value = value.clone();
            self.tokens.skip();
            return Ok(Expression::Literal(value));
        }
        let name = self.tokens.name()?;
        if let Some(open) = self.tokens.take("(") {
            self.uses(at, &name, Some(Call::Function));
            let operands = self.list(("(", open), ")")?;
            return Ok(Expression::Call { kind: Call::Function, name, operands });
        }
        Ok(Expression::Name(name))
    }

    /// Parses expressions separated by commas. A list may have a trailing comma.
    fn list(
        &mut self,
        open: (&str, usize),
        end: &str,
    ) -> Result<Vec<Expression>, SyntaxError> {
        let mut elements = Vec::new();
        while self.tokens.take(end).is_none() {
            elements.push(self.expression()?);
            if self.tokens.take(",").is_none() {
                self.tokens.close(open, end)?;
                break;
            }
        }
        Ok(elements)
    }

    /// Parses maps, so that they can be rejected by name.
    fn map(&mut self, at: usize) -> Parsed {
        self.uses(at, "{}", Some(Call::Operator));
        let mut operands = Vec::new();
        while self.tokens.take("}").is_none() {
            operands.push(self.expression()?);
            self.tokens.expect(":")?;
            operands.push(self.expression()?);
            if self.tokens.take(",").is_none() {
                self.tokens.close(("{", at), "}")?;
                break;
            }
        }
        Ok(operator("{}", operands))
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            let message = format!("the filter nests more than {DEEPEST} deep");
            return Err(SyntaxError { at: self.tokens.at(), message });
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    /// Counts one more link of a chain: the first link is nested deepest.
    fn chained(&self, length: usize) -> Result<usize, SyntaxError> {
        if length > DEEPEST {
            let message = format!("the filter has more than {DEEPEST} parts in a row");
            return Err(SyntaxError { at: self.tokens.at(), message });
        }
        Ok(length + 1)
    }

    fn uses(&mut self, at: usize, name: &str, call: Option<Call>) {
        self.parts.push(Part::new(at, name, call));
    }
}

impl Part {
    fn new(at: usize, name: &str, call: Option<Call>) -> Self {
        Self { at, name: name.to_owned(), call, receiver: None }
    }
}

/// Applies an operator to its operands. The sign of a number is part of the number.
fn operator(name: &str, operands: Vec<Expression>) -> Expression {
    if let ("-", [Expression::Literal(value)]) = (name, operands.as_slice()) {
        let whole = value.as_i64().and_then(i64::checked_neg).map(Into::into);
        let real = || value.as_f64().filter(|_| value.is_f64()).map(|it| (-it).into());
        if let Some(value) = whole.or_else(real) {
            return Expression::Literal(value);
        }
    }
    Expression::Call { kind: Call::Operator, name: name.to_owned(), operands }
}
