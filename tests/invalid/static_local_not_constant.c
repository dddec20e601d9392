int f(int n)
{
    static int kept = n; //~ ERROR FH1209
    return kept;
}
