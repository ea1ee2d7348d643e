"""Samples for Jupyter's conformance suite: one for each of its twelve tests, so that none is skipped."""
import unittest

import jupyter_kernel_test


class CSharp(jupyter_kernel_test.KernelTests):
    kernel_name = ".net-csharp"
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oops");'
    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "var text = \"a\"; text.StartsW", "matches": {"StartsWith"}},
    ]
    code_inspect_sample = "Console.WriteLine"
    code_page_something = "Console.WriteLine?"
    complete_code_samples = ["1 + 1", "var x = 1;", "#!time\n1 + 1"]
    incomplete_code_samples = ["for (var i = 0; i < 3; i++) {", "var y = "]
    invalid_code_samples = ["int 7x = ;", "1 + * ;"]
    code_generate_error = 'throw new Exception("bad");'
    code_execute_result = [{"code": "1 + 2", "result": "3"}, {"code": '"abc"', "result": "abc"}, {"code": "6 * 7", "result": "42"}]
    code_display_data = [{"code": '"<b>x</b>".DisplayAs("text/html");', "mime": "text/html"}]
    code_history_pattern = "1?+*"
    supported_history_operations = ("tail", "range", "search")
    code_clear_output = "Console.Clear();"


if __name__ == "__main__":
    unittest.main()
