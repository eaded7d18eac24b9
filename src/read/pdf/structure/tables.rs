//! Tables: the places of their cells (ISO 32000-1, 14.8.4.3.4).

use hayro_syntax::object::{Dict, Name, ObjectIdentifier};

use super::element::elements;
use super::roles::Around;
use super::{Context, DEEPEST, Walk};

impl Walk<'_> {
    /// The rows of a table with their places, whatever groups they stand in.
    pub(super) fn table(&mut self, table: &Dict<'_>, context: &Context, depth: usize) {
        let mut row = 0;
        let outer = self.cells.take();
        self.rows(table, context, depth + 1, &mut row);
        self.cells = outer;
    }

    /// What a row or a group of rows says besides its cells, and whether it stands there once.
    fn group(&mut self, group: &Dict<'_>, context: &Context, standard: &str) {
        let parent = group.get_ref("P").map(ObjectIdentifier::from);
        let number = self.number();
        if parent != context.element {
            self.elements.strays.push((number, standard.to_owned()));
        }
        if group.obj_id().is_some_and(|id| !self.seen.insert(id)) {
            self.twice(standard);
        }
        self.oddities(group, standard);
    }

    pub(super) fn rows(
        &mut self,
        group: &Dict<'_>,
        context: &Context,
        depth: usize,
        row: &mut usize,
    ) {
        if depth > DEEPEST {
            return;
        }
        for kid in elements(group) {
            let name = kid
                .get::<Name<'_>>("S")
                .map(|name| name.as_str().to_owned());
            let standard = self.roles.standard(&name.unwrap_or_default());
            match standard.as_str() {
                "THead" | "TBody" | "TFoot" => {
                    let own = Context {
                        element: kid.obj_id(),
                        ..context.clone()
                    };
                    self.group(&kid, context, &standard);
                    self.open_nest(&kid, &standard);
                    self.rows(&kid, &own, depth + 1, row);
                    self.nests.close();
                }
                "TR" => {
                    self.group(&kid, context, &standard);
                    self.open_nest(&kid, &standard);
                    let cells = elements(&kid);
                    if self
                        .cells
                        .replace(cells.len())
                        .is_some_and(|of| of != cells.len())
                    {
                        let what = "rows of a table have different numbers of cells";
                        let number = self.number();
                        self.elements.strange.push((number, what.to_owned()));
                    }
                    for (column, cell) in cells.into_iter().enumerate() {
                        let own = Context {
                            around: Around {
                                cell: (*row, column),
                                ..context.around
                            },
                            element: kid.obj_id(),
                            ..context.clone()
                        };
                        self.element(&cell, &own, depth + 1);
                    }
                    self.nests.close();
                    *row += 1;
                }
                _ => self.element(&kid, context, depth + 1),
            }
        }
    }
}
