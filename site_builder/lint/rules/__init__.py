"""The rules of the lint, one a module, which is named by the rule's code."""
