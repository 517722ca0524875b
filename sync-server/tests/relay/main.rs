//! The relay from outside: real sockets, a real database, and once the real program.

#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod behind_proxy;
#[cfg(test)]
mod enrolling;
#[cfg(test)]
mod greedy;
#[cfg(test)]
mod live;
#[cfg(test)]
mod neighbours;
#[cfg(test)]
mod newcomer;
#[cfg(test)]
mod process;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod silent;
#[cfg(test)]
mod starting;
#[cfg(test)]
mod support;
#[cfg(test)]
mod test_document;
#[cfg(test)]
mod trouble;
#[cfg(test)]
mod unauthenticated;
