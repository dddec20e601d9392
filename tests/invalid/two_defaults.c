void f(int n)
{
    switch (n) {
    default:
    default:; //~ ERROR FH1210
    }
}
