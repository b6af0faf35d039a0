"""What the fuzzer checks: one module a target, with the function `check` and the words `TOKENS`.

`check` takes any bytes and raises `Broken`, or whatever the code below it raises, if something is wrong. It needs no
atheris, so an input that was found is a test as it stands.
"""
