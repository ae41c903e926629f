package worker

// ScriptFresh is Script with another time after which a pack is looked for again, and AnswersFresh is Answers.
var (
	ScriptFresh  = script
	AnswersFresh = answers
)

// Defined are the tables as the sources name them.
var Defined = Tables.defined
