import Testing

@testable import KairosSources

@Suite struct CodeOutlineTests {
  /// Comments are kept when they give a reason, with the definition that they document.
  @Test(arguments: [
    (
      "a.go",
      """
      package a

      // Fetch uses the CLI,
      // because the library can't.
      //
      // More of it.
      func Fetch() {
        // Closed first; Windows cannot rename it otherwise.
        x()
        // Opens the file and reads all of it.
      }
      """,
      [
        "3 Fetch: Fetch uses the CLI, because the library can't.|More of it.",
        "8 -: Closed first; Windows cannot rename it otherwise.",
      ]
    ),
    (
      "a.py",
      "def f():\n    # Sorted, since the kernel doesn't.\n    # noqa: because it is\n    x\n",
      ["2 -: Sorted, since the kernel doesn't."]
    ),
    ("a.c", "/* Copyright 2020 A. You must not remove it, because of the law. */\nint x;\n", []),
  ])
  func remarksThatGiveAReason(path: String, text: String, expected: [String]) throws {
    let outline = CodeOutline.of(text, language: try #require(Language.of(path: path)))
    #expect(
      outline.remarks.map {
        "\($0.line) \($0.symbol ?? "-"): \($0.text.replacing("\n", with: "|"))"
      } == expected)
  }

  /// A file and what its outline must be: `line kind name — doc`.
  static let cases: [(path: String, text: String, expected: [String])] = [
    (
      "a.go",
      """
      // Package hooks runs hooks. More.
      package hooks

      const (
      \t// Name names it.
      \tName = "x"
      \tother = `raw
      func fake() {}
      `
      )

      // Install installs hooks, e.g. for git. It is safe.
      //
      //nolint:all
      func Install() error {
      }
      func (r *Runner[T]) Run(x int) {}
      type Runner[T any] struct {
      """,
      [
        "2 package hooks — Package hooks runs hooks.", "6 const Name — Name names it.",
        "7 const other", "15 func Install — Install installs hooks, e.g. for git.",
        "17 func Run", "18 type Runner",
      ]
    ),
    (
      "a.swift",
      """
      /// Decides it.
      @MainActor
      public final class Judge: Sendable {
        private(set) var count = 0
        /// Says no. Always.
        public static func judge<T>(_ value: T) -> Bool {
          let local = 1
          func inner() {}
        }
        enum Kind: String { case a }
      }
      """,
      [
        "3 class Judge — Decides it.", "4 var count", "6 func judge — Says no.", "8 func inner",
        "10 enum Kind",
      ]
    ),
    (
      "a.py",
      """
      class Store(Base):
          \"""Keeps things.

          More: def fake(): pass
          \"""
          LIMIT = 3
          async def read(
              self,
          ) -> int:
              '''Reads one.'''
      MAX_SIZE: int = 4
      @decorated
      def main(): pass
      """,
      [
        "1 class Store — Keeps things.", "7 def read — Reads one.", "11 const MAX_SIZE",
        "13 def main",
      ]
    ),
    (
      "a.ts",
      """
      /**
       * Opens a client.
       * @param url the address
       */
      export default async function open(url: string) {
        if (url) { return call({
          x: 1 }) }
      }
      export const limit: number = 3;
      export class Client<T> extends Base {
        private async send(x: T): Promise<void> {
          expect(x).toEqual({
        }
        get size() {
      }
      export interface Options { a: string }
      type Name = string
      const { a } = b
      describe("x", () => {
      """,
      [
        "5 function open — Opens a client.", "9 const limit", "10 class Client",
        "11 method send", "14 method size", "16 interface Options", "17 type Name",
      ]
    ),
    (
      "a.rs",
      """
      //! Crate of things.
      /// Parses it.
      #[inline]
      pub(crate) async unsafe fn parse<'a>(x: &'a str) {}
      pub struct Point { x: i32 }
      impl Point {
          pub const ZERO: i32 = 0;
          fn new() -> Self {}
      }
      """,
      [
        "4 fn parse — Parses it.", "5 struct Point", "7 const ZERO", "8 fn new",
      ]
    ),
    (
      "A.java",
      """
      package a.b;
      /** A store. */
      @Service(name = "x")
      public final class Store<T> implements Closeable {
        public static final int MAX = 1;
        @Override
        public List<T> find(String name) throws IOException {
          return helper(name);
        }
        public Store(int size) {
        private record Pair(int a) {}
      """,
      ["4 class Store — A store.", "7 method find", "10 method Store", "11 record Pair"]
    ),
    (
      "a.kt",
      """
      data class User(val name: String)
      enum class Color { RED }
      suspend fun <T> List<T>.second(): T = this[1]
      internal object Registry {
          private val size = 1
          val local = 2
      """,
      ["1 class User", "2 class Color", "3 fun second", "4 object Registry", "5 val size"]
    ),
    (
      "a.cpp",
      """
      #define LIMIT 3
      /* Adds two
       * numbers. */
      static inline int add(int a, int b) {
        return helper(a);
      }
      struct node;
      struct node *find(struct tree *t)
      {
      enum class Color { Red };
      void Store::open(const char *path) {
      Store::~Store() {}
      """,
      [
        "1 #define LIMIT", "4 function add — Adds two numbers.", "8 function find",
        "10 enum Color", "11 function open",
      ]
    ),
    (
      "a.rb",
      """
      # Stores it.
      class Store < Base
        LIMIT = 3
        def self.open?(path)
        end
      """,
      ["2 class Store — Stores it.", "3 const LIMIT", "4 def open?"]
    ),
    (
      "a.php",
      "<?php\nfinal class A extends B {\n  const X = 1;\n  public static function run(): void {\n",
      ["2 class A", "3 const X", "4 function run"]
    ),
    (
      "a.cs",
      """
      namespace A.B;
      /// <summary>Does it.</summary>
      [Fact]
      public sealed class Runner : IRunner {
          public async Task<int> RunAsync(string x) {
              await Task.Delay(1);
      """,
      ["1 namespace A.B", "4 class Runner — Does it.", "5 method RunAsync"]
    ),
    (
      "a.sh",
      "#!/bin/sh\n# Builds it.\nbuild_all() {\n  if [ x ]; then\n}\nfunction deploy-now {\n",
      ["3 function build_all — Builds it.", "6 function deploy-now"]
    ),
  ]

  @Test(arguments: cases.indices) func findsDefinitions(index: Int) throws {
    let (path, text, expected) = Self.cases[index]
    let outline = CodeOutline.of(text, language: try #require(Language.of(path: path)))
    let found = outline.symbols.map { symbol in
      "\(symbol.line) \(symbol.kind) \(symbol.name)" + (symbol.doc.map { " — " + $0 } ?? "")
    }
    #expect(found == expected)
  }

  @Test(arguments: [
    (
      "a.go", "// Copyright X\n\n//go:build linux\n\n// Package a does.\npackage a\n",
      "Package a does."
    ),
    (
      "a.py", "#!/usr/bin/env python3\n\"\"\"\nTool of x.\nMore.\n\"\"\"\nimport a\n",
      "Tool of x.\nMore.\n"
    ),
    ("a.rs", "//! Crate x.\n//! Line two.\n\nuse a;\n", "Crate x.\nLine two."),
    ("a.c", "/* SPDX-License-Identifier: MIT */\nint a;\n", nil),
    ("a.ts", "import a\n// not at the top\n", nil),
  ])
  func keepsTheOpeningComment(path: String, text: String, expected: String?) throws {
    let language = try #require(Language.of(path: path))
    #expect(CodeOutline.of(text, language: language).opening == expected)
  }
}
