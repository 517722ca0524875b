//! Writes SVG, no more of it than the charts need.

use std::fmt::{Display, Write as _};

/// What stands around a chart.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Unique in its page: patterns are referred to by ids that begin with it.
    pub id: &'a str,
    /// What the chart is of, in a line.
    pub title: &'a str,
    /// Width in pixels.
    pub width: i64,
    /// Height in pixels.
    pub height: i64,
}

/// Text as it may stand between tags and in attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML has no way to write these.
            c if c.is_control() && !matches!(c, '\n' | '\t') => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// How a part looks where no style sheet says otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Look {
    /// The class that a style sheet colours it by.
    pub(crate) class: &'static str,
    /// Its attributes on paper.
    pub(crate) paper: &'static str,
}

/// Where the text of a label is held.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor {
    Middle,
    End,
}

/// An SVG being written.
pub(crate) struct Svg {
    id: String,
    out: String,
}

/// The patterns that parts are told apart by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Pattern {
    /// Thin diagonal lines.
    Hatch,
    /// Crossed diagonals.
    Cross,
}

impl Svg {
    /// Opens a chart: `kind` is its class, `desc` says what it shows.
    pub(crate) fn open(frame: &Frame<'_>, kind: &str, desc: &str) -> Self {
        let Frame {
            id,
            title,
            width,
            height,
        } = *frame;
        let (id, title, desc) = (escape(id), escape(title), escape(desc));
        let mut svg = Self {
            id,
            out: String::new(),
        };
        let id = &svg.id;
        // A bar has no text: it may be as wide as its place.
        let stretch = if kind == "chart-year" {
            ""
        } else {
            " preserveAspectRatio=\"none\""
        };
        let head = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart {kind}\" role=\"img\" \
             viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\"{stretch} \
             aria-labelledby=\"{id}-t {id}-d\">\n\
             <title id=\"{id}-t\">{title}</title>\n<desc id=\"{id}-d\">{desc}</desc>\n"
        );
        svg.out = head;
        svg
    }

    /// Lays in a pattern, to be used by [`patterned`](Self::patterned).
    pub(crate) fn define(&mut self, pattern: Pattern, look: Look) {
        let (name, drawing) = match pattern {
            Pattern::Hatch => ("hatch", "M-1 1L1 -1M0 6L6 0M5 7L7 5"),
            Pattern::Cross => ("cross", "M0 0L6 6M6 0L0 6"),
        };
        let Look { class, paper } = look;
        let drawn = format!(
            "<pattern id=\"{}-{name}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\">\
             <path class=\"{class}\" {paper} d=\"{drawing}\"/></pattern>",
            self.id
        );
        self.push(drawn);
    }

    /// A filled rectangle.
    pub(crate) fn rect(&mut self, at: (i64, i64), size: (i64, i64), look: Look) {
        let Look { class, paper } = look;
        self.push(format_args!(
            "<rect class=\"{class}\" {paper} {}/>",
            place(at, size)
        ));
    }

    /// A rectangle of a pattern laid in before.
    pub(crate) fn patterned(&mut self, at: (i64, i64), size: (i64, i64), pattern: Pattern) {
        let name = match pattern {
            Pattern::Hatch => "hatch",
            Pattern::Cross => "cross",
        };
        let drawn = format!(
            "<rect fill=\"url(#{}-{name})\" {}/>",
            self.id,
            place(at, size)
        );
        self.push(drawn);
    }

    /// A line through points.
    pub(crate) fn line(&mut self, points: &[(i64, i64)], look: Look) {
        let mut path = String::new();
        for (i, (x, y)) in points.iter().enumerate() {
            let _ = write!(path, "{}{x} {y}", if i == 0 { 'M' } else { 'L' });
        }
        let Look { class, paper } = look;
        self.push(format_args!(
            "<path class=\"{class}\" {paper} fill=\"none\" d=\"{path}\"/>"
        ));
    }

    /// A dot.
    pub(crate) fn dot(&mut self, (x, y): (i64, i64), radius: i64, look: Look) {
        let Look { class, paper } = look;
        self.push(format_args!(
            "<circle class=\"{class}\" {paper} cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>"
        ));
    }

    /// A label.
    pub(crate) fn text(&mut self, (x, y): (i64, i64), anchor: Anchor, text: &str, look: Look) {
        let anchor = match anchor {
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let Look { class, paper } = look;
        self.push(format_args!(
            "<text class=\"{class}\" {paper} x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{}</text>",
            escape(text)
        ));
    }

    /// The whole text.
    pub(crate) fn close(mut self) -> String {
        self.out.push_str("</svg>\n");
        self.out
    }

    fn push(&mut self, element: impl Display) {
        // Writing to a string can't fail.
        let _ = writeln!(self.out, "{element}");
    }
}

fn place((x, y): (i64, i64), (width, height): (i64, i64)) -> String {
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn text_cannot_leave_its_place() {
        assert_eq!(
            escape("Sở KH&ĐT <b> \"x\"\0"),
            "Sở KH&amp;ĐT &lt;b&gt; &quot;x&quot; "
        );
    }
}
