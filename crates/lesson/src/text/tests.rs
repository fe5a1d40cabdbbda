//! Tests of the whole way: Fluent files, compiler, catalogue, words.
