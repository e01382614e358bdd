//! The syntax of filters: the Common Expression Language without macros, bytes and triple quotes. Takes a string; returns an expression, or
//! the position and cause of the error. Knows no functions or names.

use super::tokens::{Token, Tokens};
use super::value::Value;

/// Maximum nesting of parentheses, lists, arguments and signs.
const DEEPEST: usize = 64;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression {
    Literal(Value),
    Name(String),
    Field(Box<Self>, String),
    List(Vec<Self>),
    Map,
    /// A function, method or operator by name, with its operands.
    Call {
        kind: Kind,
        name: String,
        operands: Vec<Self>,
    },
}

/// The kinds of calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Operator,
    Function,
    /// The first operand is the receiver.
    Method,
}

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

/// Parses an expression.
pub(super) fn parse(text: &str) -> Result<Expression, String> {
    let mut parser = Parser { tokens: Tokens::read(text)?, depth: 0 };
    let expression = parser.expression()?;
    match parser.tokens.peek() {
        None => Ok(expression),
        Some(_) => Err(parser.tokens.unexpected()),
    }
}

struct Parser {
    tokens: Tokens,
    depth: usize,
}

type Parsed = Result<Expression, String>;

impl Parser {
    fn expression(&mut self) -> Parsed {
        self.nested(|parser| {
            let condition = parser.binary(0)?;
            if !parser.tokens.take("?") {
                return Ok(condition);
            }
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
        while let Some(name) = operators.iter().find(|name| self.tokens.take(name)) {
            let right = self.binary(level + 1)?;
            left = match left {
                // A chain of any length needs no parentheses.
                Expression::Call {
                    kind: Kind::Operator,
                    name: before,
                    mut operands,
                } if length > 0 && level < LOGICAL && before == *name => {
                    operands.push(right);
                    Expression::Call { kind: Kind::Operator, name: before, operands }
                }
                left => {
                    length = chained(length)?;
                    operator(name, vec![left, right])
                }
            };
        }
        Ok(left)
    }

    fn unary(&mut self) -> Parsed {
        for name in ["!", "-"] {
            if self.tokens.take(name) {
                return self.nested(|parser| Ok(operator(name, vec![parser.unary()?])));
            }
        }
        self.member()
    }

    /// Parses an operand with its fields and methods.
    fn member(&mut self) -> Parsed {
        let mut inner = self.primary()?;
        let mut length = 0;
        loop {
            length = chained(length)?;
            if self.tokens.take(".") {
                let name = self.tokens.name()?;
                inner = if self.tokens.take("(") {
                    let mut operands = vec![inner];
                    operands.extend(self.list(")")?);
                    Expression::Call { kind: Kind::Method, name, operands }
                } else {
                    Expression::Field(Box::new(inner), name)
                };
            } else if self.tokens.take("[") {
                let index = self.expression()?;
                self.tokens.expect("]")?;
                inner = operator("[]", vec![inner, index]);
            } else {
                return Ok(inner);
            }
        }
    }

    fn primary(&mut self) -> Parsed {
        if self.tokens.take("(") {
            let inner = self.expression()?;
            self.tokens.expect(")")?;
            return Ok(inner);
        }
        if self.tokens.take("[") {
            return Ok(Expression::List(self.list("]")?));
        }
        if self.tokens.take("{") {
            return self.map();
        }
        if let Some(Token::Literal(value)) = self.tokens.peek() {
            let value = value.clone();
            self.tokens.skip();
            return Ok(Expression::Literal(value));
        }
        let name = self.tokens.name()?;
        if self.tokens.take("(") {
            let operands = self.list(")")?;
            return Ok(Expression::Call { kind: Kind::Function, name, operands });
        }
        Ok(Expression::Name(name))
    }

    /// Parses expressions separated by commas. A list may have a trailing comma.
    fn list(&mut self, end: &str) -> Result<Vec<Expression>, String> {
        let mut elements = Vec::new();
        while !self.tokens.take(end) {
            elements.push(self.expression()?);
            let is_trailing = !self.tokens.take(",");
            if is_trailing {
                self.tokens.expect(end)?;
                break;
            }
        }
        Ok(elements)
    }

    /// Parses maps, so that they can be rejected by name.
    fn map(&mut self) -> Parsed {
        while !self.tokens.take("}") {
            self.expression()?;
            self.tokens.expect(":")?;
            self.expression()?;
            if !self.tokens.take(",") {
                self.tokens.expect("}")?;
                break;
            }
        }
        Ok(Expression::Map)
    }

    fn nested(&mut self, read: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("it nests more than {DEEPEST} deep"));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }
}

/// Counts one more link of a chain: the first link is nested deepest.
fn chained(length: usize) -> Result<usize, String> {
    if length > DEEPEST {
        return Err(format!("it has more than {DEEPEST} parts in a row"));
    }
    Ok(length + 1)
}

/// Applies an operator to its operands. The sign of a number is part of the number.
fn operator(name: &str, operands: Vec<Expression>) -> Expression {
    if let ("-", [Expression::Literal(value)]) = (name, operands.as_slice())
        && let Some(value) = value.negated()
    {
        return Expression::Literal(value);
    }
    Expression::Call { kind: Kind::Operator, name: name.to_owned(), operands }
}
