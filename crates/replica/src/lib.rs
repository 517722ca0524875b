//! One enrolment's copy of the programme.
